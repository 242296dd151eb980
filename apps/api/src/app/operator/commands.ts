import { attention } from './attention';
import { backup } from './backup';
import type { Command } from './command';
import { createOrganization } from './create-organization';
import { exportOrganization } from './export-organization';
import { importOrganization } from './import-organization';
import { reconcile } from './reconcile';
import { reseal } from './reseal';
import { resetPassword } from './reset-password';
import { restore } from './restore';

/** By the names they are called with. */
export const COMMANDS: Readonly<Record<string, Command>> = {
  'create-organization': createOrganization,
  'reset-password': resetPassword,
  attention,
  reconcile,
  'export-organization': exportOrganization,
  'import-organization': importOrganization,
  backup,
  restore,
  reseal,
};
