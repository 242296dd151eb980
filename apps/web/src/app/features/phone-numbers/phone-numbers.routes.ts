import { inject } from '@angular/core';
import type { ResolveFn, Routes } from '@angular/router';
import type { Sentence } from '../../core/i18n/sentences';
import { allowed } from '../../core/session/allowed.guard';
import { askBeforeLeaving } from './add/leave.guard';
import { readQuery } from './list/number-list.query';
import { NumberListStore } from './list/number-list.store';

/** The list is read while its page is loaded and drawn. */
const readAhead: ResolveFn<void> = ({ queryParams }) =>
  inject(NumberListStore).readAhead(readQuery(queryParams));

export const routes: Routes = [
  {
    path: '',
    // Outlives the pages, so that Back finds the list as it was left.
    providers: [NumberListStore],
    children: [
      {
        path: '',
        title: 'Phone numbers' satisfies Sentence,
        resolve: { list: readAhead },
        loadComponent: () => import('./list/number-list.page').then(({ NumberListPage }) => NumberListPage),
      },
      {
        path: 'add',
        title: 'Add phone number' satisfies Sentence,
        canActivate: [allowed('numbers:write', '/numbers')],
        canDeactivate: [askBeforeLeaving],
        loadComponent: () => import('./add/add-number.page').then(({ AddNumberPage }) => AddNumberPage),
      },
      {
        path: ':id',
        title: 'Phone number' satisfies Sentence,
        loadComponent: () =>
          import('./detail/number-detail.page').then(({ NumberDetailPage }) => NumberDetailPage),
      },
    ],
  },
];
