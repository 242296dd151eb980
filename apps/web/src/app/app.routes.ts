import type { Routes } from '@angular/router';

export const routes: Routes = [
  { path: '', pathMatch: 'full', redirectTo: 'numbers' },
  {
    path: 'numbers/add',
    title: 'Add phone number',
    loadComponent: () =>
      import('./features/phone-numbers/add/add-number.page').then(({ AddNumberPage }) => AddNumberPage),
  },
];
