import type { Routes } from '@angular/router';
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
        title: 'Profile',
        loadComponent: () => import('./profile.page').then(({ ProfilePage }) => ProfilePage),
      },
      {
        path: 'security',
        title: 'Sign-in security',
        loadComponent: () => import('./security.page').then(({ SecurityPage }) => SecurityPage),
      },
      {
        path: 'sessions',
        title: 'Sessions',
        loadComponent: () => import('./sessions.page').then(({ SessionsPage }) => SessionsPage),
      },
      {
        path: 'appearance',
        title: 'Appearance',
        loadComponent: () => import('./appearance.page').then(({ AppearancePage }) => AppearancePage),
      },
      {
        path: 'organization',
        title: 'Organisation',
        loadComponent: () => import('./organization.page').then(({ OrganizationPage }) => OrganizationPage),
      },
      {
        path: 'members',
        title: 'Members',
        loadComponent: () => import('./members.page').then(({ MembersPage }) => MembersPage),
      },
      {
        path: 'api-keys',
        title: 'API keys',
        canActivate: [allowed('api-keys:read', '/settings/profile')],
        loadComponent: () => import('./api-keys.page').then(({ ApiKeysPage }) => ApiKeysPage),
      },
    ],
  },
];
