import type { HarnessLoader } from '@angular/cdk/testing';
import { TestbedHarnessEnvironment } from '@angular/cdk/testing/testbed';
import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { MATERIAL_ANIMATIONS } from '@angular/material/core';
import { provideRouter, Router, type Routes, withComponentInputBinding } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import { settle } from './settle';

export interface OpenPage {
  element: HTMLElement;
  server: HttpTestingController;
  router: Router;
  /** Finds what stands in overlays too: menus, dialogs, messages. */
  loader: HarnessLoader;
  drawn: () => Promise<void>;
}

/** Opens an address as a browser does, with the requests in the test's hands. */
export async function openPage(routes: Routes, url: string): Promise<OpenPage> {
  TestBed.configureTestingModule({
    providers: [
      provideRouter([...routes, { path: '**', children: [] }], withComponentInputBinding()),
      provideHttpClient(),
      provideHttpClientTesting(),
      { provide: MATERIAL_ANIMATIONS, useValue: { animationsDisabled: true } },
    ],
  });
  const { fixture, routeNativeElement } = await RouterTestingHarness.create(url);
  return {
    element: routeNativeElement as HTMLElement,
    server: TestBed.inject(HttpTestingController),
    router: TestBed.inject(Router),
    loader: TestbedHarnessEnvironment.documentRootLoader(fixture),
    drawn: settle,
  };
}
