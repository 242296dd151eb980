import { HttpClient, provideHttpClient, withInterceptors } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { provideRouter, Router } from '@angular/router';
import { firstValueFrom } from 'rxjs';
import { aMe, aProblem, aSession } from '../../../testing/builders';
import { settle } from '../../../testing/settle';
import { Session } from './session';
import { sessionInterceptor } from './session.interceptor';

const REFRESH = '/api/auth/refresh';
const unauthenticated = aProblem(401, 'UNAUTHENTICATED', 'Sign in again.');

function start() {
  TestBed.configureTestingModule({
    providers: [
      provideRouter([{ path: '**', children: [] }]),
      provideHttpClient(withInterceptors([sessionInterceptor])),
      provideHttpClientTesting(),
    ],
  });
  const server = TestBed.inject(HttpTestingController);
  const http = TestBed.inject(HttpClient);
  return { server, http, session: TestBed.inject(Session), router: TestBed.inject(Router) };
}

const use = () => document.dispatchEvent(new Event('keydown'));

async function startSignedIn(token: string, attended: 'attended' | 'unattended' = 'attended') {
  const page = start();
  const restored = page.session.restore();
  await settle();
  page.server.expectOne(REFRESH).flush(aSession(token));
  await restored;
  page.server.expectOne('/api/auth/me').flush(aMe());
  if (attended === 'attended') use();
  return page;
}

const tokenOf = ({ headers }: { headers: { get(name: string): string | null } }) =>
  headers.get('Authorization');

describe('A session', () => {
  it('is picked up again after a reload, with nothing kept in the browser but the cookie', async () => {
    const { session } = await startSignedIn('first');

    expect(session.user()?.name).toBe('Dana Whitfield');
    expect(session.features().vapiNumbers).toBe(true);
    expect(JSON.stringify(localStorage) + JSON.stringify(sessionStorage)).not.toContain('first');
  });

  it('sends its token to the API and to nobody else', async () => {
    const { http, server } = await startSignedIn('first');
    http.get('/api/agents').subscribe();
    http.get('https://elsewhere.example/api/agents').subscribe();

    expect(tokenOf(server.expectOne('/api/agents').request)).toBe('Bearer first');
    expect(tokenOf(server.expectOne('https://elsewhere.example/api/agents').request)).toBeNull();
  });

  it('is renewed for what runs by itself only once somebody uses the page', async () => {
    const { http, server } = await startSignedIn('spent', 'unattended');
    const answer = firstValueFrom(http.get('/api/events'));
    server.expectOne('/api/events').flush(unauthenticated.body, unauthenticated.options);
    await settle();
    server.expectNone(REFRESH);

    use();
    await settle();
    server.expectOne(REFRESH).flush(aSession('fresh'));
    await settle();
    server.expectOne('/api/events').flush('news');
    expect(await answer).toBe('news');
  });

  it('is renewed once when several requests are refused together, and all of them are repeated', async () => {
    const { http, server } = await startSignedIn('spent');
    const answers = ['/api/agents', '/api/credentials'].map((url) => firstValueFrom(http.get(url)));
    server.expectOne('/api/agents').flush(unauthenticated.body, unauthenticated.options);
    server.expectOne('/api/credentials').flush(unauthenticated.body, unauthenticated.options);
    await settle();

    server.expectOne(REFRESH).flush(aSession('fresh'));
    await settle();
    for (const url of ['/api/agents', '/api/credentials']) {
      const repeated = server.expectOne(url);
      expect(tokenOf(repeated.request)).toBe('Bearer fresh');
      repeated.flush({ from: url });
    }

    expect(await Promise.all(answers)).toEqual([{ from: '/api/agents' }, { from: '/api/credentials' }]);
  });

  it('is not renewed again for a request that was refused with the token before', async () => {
    const { http, server } = await startSignedIn('spent');
    http.get('/api/agents').subscribe();
    http.get('/api/credentials').subscribe();
    const slow = server.expectOne('/api/credentials');
    server.expectOne('/api/agents').flush(unauthenticated.body, unauthenticated.options);
    await settle();
    server.expectOne(REFRESH).flush(aSession('fresh'));
    await settle();
    slow.flush(unauthenticated.body, unauthenticated.options);
    await settle();

    server.expectNone(REFRESH);
    expect(tokenOf(server.expectOne('/api/credentials').request)).toBe('Bearer fresh');
  });

  it('that is over leads to the sign-in page, and from there back to where the person was', async () => {
    const { http, server, router } = await startSignedIn('spent');
    await router.navigateByUrl('/numbers?status=blocked');
    http.get('/api/agents').subscribe({ error: () => undefined });
    server.expectOne('/api/agents').flush(unauthenticated.body, unauthenticated.options);
    await settle();
    server.expectOne(REFRESH).flush(unauthenticated.body, unauthenticated.options);
    await settle();

    expect(router.parseUrl(router.url).queryParams).toEqual({ returnUrl: '/numbers?status=blocked' });
    expect(router.url).toMatch(/^\/sign-in/);
  });

  it('is not given up because the API did not answer', async () => {
    const { http, server, session, router } = await startSignedIn('spent');
    const failed = firstValueFrom(http.get('/api/agents')).catch((error: { status: number }) => error.status);
    server.expectOne('/api/agents').flush(unauthenticated.body, unauthenticated.options);
    await settle();
    server.expectOne(REFRESH).error(new ProgressEvent('error'));

    expect(await failed).toBe(0);
    expect(session.isSignedIn()).toBe(true);
    expect(router.url).not.toMatch(/sign-in/);
  });
});
