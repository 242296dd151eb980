import { API_KEY_SCOPES, isAllowed, type Permission, PERMISSION_IDS } from './permissions';
import { ROLES } from './roles';

const allowedTo = (role: (typeof ROLES)[number]) => PERMISSION_IDS.filter((id) => isAllowed(role, id));

describe('the permission table', () => {
  it('lets an owner do everything', () => {
    expect(allowedTo('owner')).toEqual(PERMISSION_IDS);
  });

  it('lets no role do what the one above it may not', () => {
    for (const [index, role] of ROLES.entries()) {
      const below = ROLES[index + 1];
      if (below !== undefined) expect(allowedTo(role)).toEqual(expect.arrayContaining(allowedTo(below)));
    }
  });

  it('lets a viewer look, and change nothing', () => {
    expect(allowedTo('viewer').every((id) => id.endsWith(':read'))).toBe(true);
  });

  it.each<Permission>([
    'members:write',
    'owners:write',
    'api-keys:write',
    'api-keys:read',
    'organization:write',
  ])('gives %s to no API key', (id) => expect(API_KEY_SCOPES).not.toContain(id));
});
