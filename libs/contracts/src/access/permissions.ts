import { type Role, ROLES } from './roles';

/** What it takes to use a route. */
interface PermissionRule {
  /** In words, for the dashboard and the documentation. */
  label: string;
  roles: readonly Role[];
  /** True when an API key can have it as a scope. */
  forKeys: boolean;
}

const EVERYBODY = ROLES;
const WORKERS = ['owner', 'admin', 'member'] as const;
const ADMINS = ['owner', 'admin'] as const;
const OWNERS = ['owner'] as const;

/** The one table of who may do what: guard, dashboard and documentation read it. */
export const PERMISSIONS = {
  'numbers:read': { label: 'See phone numbers', roles: EVERYBODY, forKeys: true },
  'numbers:write': { label: 'Add, change and remove phone numbers', roles: WORKERS, forKeys: true },
  'agents:read': { label: 'See agents', roles: EVERYBODY, forKeys: true },
  'agents:write': { label: 'Add, change and remove agents', roles: WORKERS, forKeys: true },
  'credentials:read': { label: 'See saved credentials', roles: EVERYBODY, forKeys: true },
  'credentials:write': { label: 'Save and remove credentials', roles: ADMINS, forKeys: true },
  'audit:read': { label: 'See the activity of the organisation', roles: ADMINS, forKeys: true },
  'members:read': { label: 'See who belongs to the organisation', roles: EVERYBODY, forKeys: true },
  'members:write': {
    label: 'Invite people, change their roles and remove them',
    roles: ADMINS,
    forKeys: false,
  },
  'owners:write': { label: 'Make owners, and change or remove them', roles: OWNERS, forKeys: false },
  'api-keys:read': { label: 'See API keys', roles: ADMINS, forKeys: false },
  'api-keys:write': { label: 'Make and revoke API keys', roles: ADMINS, forKeys: false },
  'organization:write': { label: 'Rename the organisation', roles: ADMINS, forKeys: false },
  'security:write': {
    label: 'Set what members need to sign in',
    roles: OWNERS,
    forKeys: false,
  },
} as const satisfies Record<string, PermissionRule>;

export type Permission = keyof typeof PERMISSIONS;

export const PERMISSION_IDS = Object.keys(PERMISSIONS) as Permission[];

/** What an API key can be allowed to do. */
export type ApiKeyScope = {
  [Id in Permission]: (typeof PERMISSIONS)[Id]['forKeys'] extends true ? Id : never;
}[Permission];

export const API_KEY_SCOPES = PERMISSION_IDS.filter((id): id is ApiKeyScope => PERMISSIONS[id].forKeys);

/** True when people with this role have the permission. */
export const isAllowed = (role: Role, permission: Permission): boolean => {
  const { roles }: PermissionRule = PERMISSIONS[permission];
  return roles.includes(role);
};
