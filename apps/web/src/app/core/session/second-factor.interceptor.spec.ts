import { HttpClient, provideHttpClient, withInterceptors } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { provideRouter, Router } from '@angular/router';
import { firstValueFrom } from 'rxjs';
import { aMe, aProblem } from '../../../testing/builders';
import { settle } from '../../../testing/settle';
import { secondFactorInterceptor } from './second-factor.interceptor';
import { Session } from './session';

const AGENTS = '/api/agents';

let server: HttpTestingController;
let router: Router;

beforeEach(() => {
  TestBed.configureTestingModule({
    providers: [
      provideRouter([{ path: '**', children: [] }]),
      provideHttpClient(withInterceptors([secondFactorInterceptor])),
      provideHttpClientTesting(),
    ],
  });
  server = TestBed.inject(HttpTestingController);
  router = TestBed.inject(Router);
});

/** Asks for the agents, and is refused; gives back the code that the page gets. */
async function refusedWith(code: string): Promise<unknown> {
  const failed = firstValueFrom(TestBed.inject(HttpClient).get(AGENTS)).catch(
    (error: { error: { code: string } }) => error.error.code,
  );
  const { body, options } = aProblem(403, code, 'Refused.');
  server.expectOne(AGENTS).flush(body, options);
  await settle();
  return failed;
}

describe('A request that waits for a second factor', () => {
  it('leads to where one is set up, and learns that the organisation requires it', async () => {
    expect(await refusedWith('SECOND_FACTOR_SETUP_REQUIRED')).toBe('SECOND_FACTOR_SETUP_REQUIRED');
    server.expectOne('/api/auth/me').flush(aMe({ needsSecondFactor: true }));

    expect(router.url).toBe('/settings/security');
    expect(TestBed.inject(Session).needsSecondFactor()).toBe(true);
    await refusedWith('SECOND_FACTOR_SETUP_REQUIRED');
    server.expectNone('/api/auth/me');
  });

  it('is told apart from what a role may never do', async () => {
    expect(await refusedWith('FORBIDDEN')).toBe('FORBIDDEN');
    server.expectNone('/api/auth/me');
    expect(router.url).toBe('/');
  });
});
