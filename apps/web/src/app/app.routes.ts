import { inject } from '@angular/core';
import type { CanMatchFn, Route, Routes } from '@angular/router';
import type { Sentence } from './core/i18n/sentences';
import { Session } from './core/session/session';
import { signedIn, signedOut, whoIsSignedIn } from './core/session/session.guards';
import { BareFrameComponent } from './shell/bare-frame.component';
import { UnavailablePage } from './shell/unavailable.page';

const shell = () => import('./shell/shell.component').then(({ ShellComponent }) => ShellComponent);

/** Nobody is signed in, as far as is known, or the shell is what could not be loaded. */
const withoutShell: CanMatchFn = async () =>
  !inject(Session).isSignedIn() ||
  shell().then(
    () => false,
    () => true,
  );

const UNAVAILABLE: Route = { title: 'Not available' satisfies Sentence, component: UnavailablePage };

const NOT_FOUND: Route = {
  path: '**',
  title: 'Not found' satisfies Sentence,
  loadComponent: () => import('./shell/not-found.page').then(({ NotFoundPage }) => NotFoundPage),
};

export const routes: Routes = [
  {
    path: 'sign-in',
    title: 'Sign in' satisfies Sentence,
    canActivate: [signedOut],
    loadComponent: () => import('./features/auth/sign-in.page').then(({ SignInPage }) => SignInPage),
  },
  {
    path: 'sign-up',
    title: 'Create account' satisfies Sentence,
    canActivate: [signedOut],
    loadComponent: () => import('./features/auth/sign-up.page').then(({ SignUpPage }) => SignUpPage),
  },
  {
    path: 'invitation',
    title: 'Invitation' satisfies Sentence,
    loadComponent: () =>
      import('./features/auth/invitation.page').then(({ InvitationPage }) => InvitationPage),
  },
  {
    path: 'unavailable',
    canMatch: [withoutShell],
    component: BareFrameComponent,
    children: [{ ...UNAVAILABLE, path: '' }],
  },
  {
    path: '',
    canActivate: [signedIn],
    loadComponent: shell,
    children: [
      { path: '', pathMatch: 'full', redirectTo: 'numbers' },
      {
        path: 'numbers',
        loadChildren: () =>
          import('./features/phone-numbers/phone-numbers.routes').then(({ routes }) => routes),
      },
      {
        path: 'agents',
        title: 'Agents' satisfies Sentence,
        loadComponent: () =>
          import('./features/agents/agent-list.page').then(({ AgentListPage }) => AgentListPage),
      },
      {
        path: 'credentials',
        title: 'Credentials' satisfies Sentence,
        loadComponent: () =>
          import('./features/credentials/credential-list.page').then(
            ({ CredentialListPage }) => CredentialListPage,
          ),
      },
      {
        path: 'activity',
        loadChildren: () => import('./features/activity/activity.routes').then(({ routes }) => routes),
      },
      {
        path: 'settings',
        loadChildren: () => import('./features/settings/settings.routes').then(({ routes }) => routes),
      },
      { ...UNAVAILABLE, path: 'unavailable' },
      { ...NOT_FOUND, canMatch: [whoIsSignedIn] },
    ],
  },
  { path: '', component: BareFrameComponent, children: [NOT_FOUND] },
];
