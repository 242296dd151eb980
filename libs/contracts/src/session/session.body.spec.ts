import 'reflect-metadata';
import { plainToInstance } from 'class-transformer';
import { refusedPaths } from '../testing/refusals';
import { LoginBody, RegisterBody } from './session.body';

const REGISTRATION = {
  organizationName: 'Acme',
  name: 'Ada',
  email: 'ada@acme.example',
  password: 'long enough now',
};

describe('a registration', () => {
  it('is taken whole', () => {
    expect(refusedPaths(RegisterBody, REGISTRATION)).toEqual([]);
  });

  it('names everything that is missing', () => {
    expect(refusedPaths(RegisterBody, {}).toSorted()).toEqual(Object.keys(REGISTRATION).toSorted());
  });

  it.each<[object, string]>([
    [{ organizationName: ' ' }, 'organizationName'],
    [{ organizationName: 'x'.repeat(81) }, 'organizationName'],
    [{ name: '' }, 'name'],
    [{ name: null }, 'name'],
    [{ email: 'ada' }, 'email'],
    [{ email: `${'a'.repeat(250)}@x.example` }, 'email'],
    [{ password: 'short' }, 'password'],
    [{ password: 'x'.repeat(129) }, 'password'],
    [{ password: 12345678 }, 'password'],
    [{ role: 'owner' }, 'role'],
    [{ organizationId: 'x' }, 'organizationId'],
  ])('is refused with %j', (fields, path) => {
    expect(refusedPaths(RegisterBody, { ...REGISTRATION, ...fields })).toEqual([path]);
  });

  it('keeps the blanks of a password and drops those around an address', () => {
    const body = { ...REGISTRATION, email: ' ada@acme.example ', password: ' eight chars ' };
    expect(plainToInstance(RegisterBody, body)).toEqual({ ...REGISTRATION, password: ' eight chars ' });
  });
});

describe('a sign-in', () => {
  it('takes address and password, however short the password is', () => {
    expect(refusedPaths(LoginBody, { email: 'ada@acme.example', password: 'x' })).toEqual([]);
  });

  it.each<[object, string[]]>([
    [{}, ['email', 'password']],
    [{ email: 'ada@acme.example', password: '' }, ['password']],
    [{ email: 'ada@acme.example', password: 'x'.repeat(129) }, ['password']],
    [{ email: ['ada@acme.example'], password: 'x' }, ['email']],
    [{ email: { $ne: null }, password: 'x' }, ['email']],
    [{ email: 'ada@acme.example', password: 'x', remember: true }, ['remember']],
  ])('refuses %j', (body, paths) => {
    expect(refusedPaths(LoginBody, body)).toEqual(paths);
  });
});
