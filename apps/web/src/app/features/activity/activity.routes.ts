import type { Routes } from '@angular/router';
import { allowed } from '../../core/session/allowed.guard';

export const routes: Routes = [
  {
    path: '',
    title: 'Activity',
    canActivate: [allowed('audit:read', '/numbers')],
    loadComponent: () => import('./activity.page').then(({ ActivityPage }) => ActivityPage),
  },
];
