import { SetMetadata } from '@nestjs/common';
import type { AuditAction, Permission } from '@voxreach/contracts';

/**
 * Who may use a route: everybody, everybody who is signed in (and no API key), or whoever has a permission by role or scope. A route that
 * says nothing is closed.
 */
export type RouteAccess = 'public' | 'signed-in' | Permission;

export const ROUTE_ACCESS = 'routeAccess';

export const Public = () => SetMetadata(ROUTE_ACCESS, 'public' satisfies RouteAccess);

export const SignedIn = () => SetMetadata(ROUTE_ACCESS, 'signed-in' satisfies RouteAccess);

export const Requires = (permission: Permission) => SetMetadata(ROUTE_ACCESS, permission);

export const STEP_UP = 'stepUp';

/** People prove once more who they are, unless they did within the last minutes. */
export const StepUp = () => SetMetadata(STEP_UP, true);

export const WITHOUT_SECOND_FACTOR = 'withoutSecondFactor';

/** Open also to people who have yet to set up the second factor that their organisation requires: their own account, nothing of the organisation. */
export const WithoutSecondFactor = () => SetMetadata(WITHOUT_SECOND_FACTOR, true);

export const ATTEMPTS = 'attempts';

/** What a route would do, as the audit trail calls it: so a refusal can be written down as well. Every route that changes something says it. */
export const Attempts = (action: AuditAction) => SetMetadata(ATTEMPTS, action);
