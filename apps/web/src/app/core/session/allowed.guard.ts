import { inject } from '@angular/core';
import { type CanActivateFn, Router } from '@angular/router';
import type { Permission } from '@voxreach/contracts';
import { Access } from './access';

/** For a page that not every role has: whoever may not see it is led to `otherwise`. */
export const allowed =
  (permission: Permission, otherwise: string): CanActivateFn =>
  () =>
    inject(Access).may(permission) || inject(Router).parseUrl(otherwise);
