import { isAllowed, type Permission, PERMISSIONS } from '@voxreach/contracts';
import { AppError } from '../common/app-error';
import type { Caller } from './caller';

/** How long a proof of who one is counts, in milliseconds. */
export const STEP_UP_LIFETIME_MS = 15 * 60_000;

/** @throws AppError FORBIDDEN unless the permission table lets the caller do this, by role or scope */
export function refuseUnlessAllowed(caller: Caller, permission: Permission): void {
  if (caller.type === 'user') {
    if (isAllowed(caller.role, permission)) return;
    const what = PERMISSIONS[permission].label.toLowerCase();
    throw new AppError(
      'FORBIDDEN',
      `Your role does not allow this (${what}). Ask an owner or admin of your organisation.`,
    );
  }
  if (caller.scopes.some((scope) => scope === permission)) return;
  throw new AppError('FORBIDDEN', `This API key does not have the scope ${permission}.`);
}

/** @throws AppError SECOND_FACTOR_SETUP_REQUIRED when a person has none and the organisation wants one */
export function refuseWithoutSecondFactor(caller: Caller): void {
  if (caller.type === 'api_key' || !caller.needsSecondFactor) return;
  throw new AppError(
    'SECOND_FACTOR_SETUP_REQUIRED',
    'Your organisation requires a second factor. Set one up in your settings, then go on.',
  );
}

/**
 * A key was made by somebody who proved it, and cannot be asked again.
 * @throws AppError STEP_UP_REQUIRED when a person proved too long ago who they are
 */
export function refuseUnlessProven(caller: Caller): void {
  if (caller.type === 'api_key') return;
  if (caller.authenticatedAt.getTime() > Date.now() - STEP_UP_LIFETIME_MS) return;
  throw new AppError(
    'STEP_UP_REQUIRED',
    'Confirm that it is you: enter your password or a code, then repeat this.',
  );
}
