import type { Routes } from '@angular/router';
import type { Sentence } from '../../core/i18n/sentences';
import { allowed } from '../../core/session/allowed.guard';
import { SettingsLayout } from './settings.layout';

export const routes: Routes = [
  {
    path: '',
    component: SettingsLayout,
    children: [
      { path: '', pathMatch: 'full', redirectTo: 'profile' },
      {
        path: 'profile',
        title: 'Profile' satisfies Sentence,
        loadComponent: () => import('./profile.page').then(({ ProfilePage }) => ProfilePage),
      },
      {
        path: 'security',
        title: 'Sign-in security' satisfies Sentence,
        loadComponent: () => import('./security.page').then(({ SecurityPage }) => SecurityPage),
      },
      {
        path: 'sessions',
        title: 'Sessions' satisfies Sentence,
        loadComponent: () => import('./sessions.page').then(({ SessionsPage }) => SessionsPage),
      },
      {
        path: 'appearance',
        title: 'Appearance' satisfies Sentence,
        loadComponent: () => import('./appearance.page').then(({ AppearancePage }) => AppearancePage),
      },
      {
        path: 'organization',
        title: 'Organisation' satisfies Sentence,
        loadComponent: () => import('./organization.page').then(({ OrganizationPage }) => OrganizationPage),
      },
      {
        path: 'members',
        title: 'Members' satisfies Sentence,
        loadComponent: () => import('./members.page').then(({ MembersPage }) => MembersPage),
      },
      {
        path: 'api-keys',
        title: 'API keys' satisfies Sentence,
        canActivate: [allowed('api-keys:read', '/settings/profile')],
        loadComponent: () => import('./api-keys.page').then(({ ApiKeysPage }) => ApiKeysPage),
      },
    ],
  },
];
