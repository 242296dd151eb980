import type { Route, Routes } from '@angular/router';
import type { Sentence } from './core/i18n/sentences';
import { hasSession, signedIn, signedOut } from './core/session/session.guards';
import { BareFrameComponent } from './shell/bare-frame.component';
import { UnavailablePage } from './shell/unavailable.page';

const frame = () => import('./shell/shell.component').then(({ ShellComponent }) => ShellComponent);

const notFound: Route = {
  path: '',
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
    component: BareFrameComponent,
    children: [{ path: '', title: 'Not available' satisfies Sentence, component: UnavailablePage }],
  },
  {
    path: '',
    canActivate: [signedIn],
    loadComponent: frame,
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
    ],
  },
  { path: '**', canMatch: [hasSession], loadComponent: frame, children: [notFound] },
  { path: '**', component: BareFrameComponent, children: [notFound] },
];
