import type { HarnessLoader } from '@angular/cdk/testing';
import { TestbedHarnessEnvironment } from '@angular/cdk/testing/testbed';
import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { MATERIAL_ANIMATIONS } from '@angular/material/core';
import { provideRouter, Router, type Routes, withComponentInputBinding } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import type { MeResponse, Role } from '@voxreach/contracts';
import { Subject } from 'rxjs';
import { ChangeFeed, type News } from '../app/core/change-feed';
import { provideTranslations } from '../app/core/i18n/provide-translations';
import { Session } from '../app/core/session/session';
import { aMe, aSession } from './builders';
import { settle } from './settle';

export interface OpenPage {
  element: HTMLElement;
  server: HttpTestingController;
  router: Router;
  /** Finds what stands in overlays too: menus, dialogs, messages. */
  loader: HarnessLoader;
  drawn: () => Promise<void>;
  /** What the API tells of changes, in place of a connection that never ends. */
  feed: Subject<News>;
}

interface Visitor extends Partial<MeResponse> {
  role?: Role;
}

/** Opens an address as a browser does, signed in as an owner unless told otherwise, with the requests in the test's hands. */
export async function openPage(
  routes: Routes,
  url: string,
  { role = 'owner', ...me }: Visitor = {},
): Promise<OpenPage> {
  const feed = new Subject<News>();
  TestBed.configureTestingModule({
    providers: [
      provideRouter([...routes, { path: '**', children: [] }], withComponentInputBinding()),
      provideTranslations(),
      provideHttpClient(),
      provideHttpClientTesting(),
      { provide: ChangeFeed, useValue: { news: feed } },
      { provide: MATERIAL_ANIMATIONS, useValue: { animationsDisabled: true } },
    ],
  });
  await signIn(role, me);
  const { fixture, routeNativeElement } = await RouterTestingHarness.create(url);
  return {
    element: routeNativeElement as HTMLElement,
    server: TestBed.inject(HttpTestingController),
    router: TestBed.inject(Router),
    loader: TestbedHarnessEnvironment.documentRootLoader(fixture),
    drawn: settle,
    feed,
  };
}

async function signIn(role: Role, me: Partial<MeResponse>): Promise<void> {
  const server = TestBed.inject(HttpTestingController);
  const signedIn = TestBed.inject(Session).signIn({ email: 'dana@acme.example', password: 'correct horse' });
  const session = aSession('token', role);
  server.expectOne('/api/auth/login').flush(session);
  await signedIn;
  server.expectOne('/api/auth/me').flush(aMe({ organization: session.organization, ...me }));
}
