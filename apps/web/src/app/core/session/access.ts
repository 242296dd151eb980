import { inject, Service } from '@angular/core';
import { isAllowed, type Permission } from '@voxreach/contracts/vocabulary';
import { Session } from './session';

/** What the person may do in this organisation. Apart from the session, which is loaded before everything else. */
@Service()
export class Access {
  private readonly session = inject(Session);

  may(permission: Permission): boolean {
    const role = this.session.organization()?.role;
    return role !== undefined && isAllowed(role, permission);
  }
}
