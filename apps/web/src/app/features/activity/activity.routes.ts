import type { Routes } from '@angular/router';
import type { Sentence } from '../../core/i18n/sentences';
import { allowed } from '../../core/session/allowed.guard';

export const routes: Routes = [
  {
    path: '',
    title: 'Activity' satisfies Sentence,
    canActivate: [allowed('audit:read', '/numbers')],
    loadComponent: () => import('./activity.page').then(({ ActivityPage }) => ActivityPage),
  },
];
