import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { aSession } from '../../../testing/builders';
import { Session } from './session';

const COOKIE = 'voxreach_signed_in';

let server: HttpTestingController;
let session: Session;

beforeEach(() => {
  TestBed.configureTestingModule({ providers: [provideHttpClient(), provideHttpClientTesting()] });
  server = TestBed.inject(HttpTestingController);
  session = TestBed.inject(Session);
});

describe('When the page starts', () => {
  it('a session is asked for where somebody has signed in', async () => {
    const restored = session.restore();
    server.expectOne('/api/auth/refresh').flush(aSession('token'));
    await restored;
    expect(session.accessToken()).toBe('token');
  });

  it('none is asked for where nobody has, which would only be refused', async () => {
    document.cookie = `${COOKIE}=; Max-Age=0`;
    await session.restore();
    server.expectNone('/api/auth/refresh');
    expect(session.accessToken()).toBeNull();
  });

  it('one that is over is not asked for a second time', async () => {
    const restored = session.restore();
    server.expectOne('/api/auth/refresh').flush({}, { status: 401, statusText: 'Unauthorized' });
    await restored;
    expect(document.cookie).not.toContain(COOKIE);
  });
});
