import 'reflect-metadata';
import { plainToInstance } from 'class-transformer';
import { PageQuery } from '../paging/page.query';
import { refusedPaths } from '../testing/refusals';
import { ListPhoneNumbersQuery } from './list-phone-numbers.query';
import { RemovePhoneNumberQuery } from './remove-phone-number.query';
import { UpdatePhoneNumberBody } from './update-phone-number.body';

const UUID = '7f0c1f9e-3c1f-4d57-9a8e-5f0d6c3b2a10';

describe('the change of a number', () => {
  it.each([
    {},
    { name: 'Front desk' },
    { agentId: UUID },
    { agentId: null },
    { fallbackNumber: '+442071838750' },
    { fallbackNumber: null },
  ])('takes %j', (body) => {
    expect(refusedPaths(UpdatePhoneNumberBody, body)).toEqual([]);
  });

  it.each<[object, string]>([
    [{ name: '' }, 'name'],
    [{ name: null }, 'name'],
    [{ name: 'x'.repeat(81) }, 'name'],
    [{ agentId: '' }, 'agentId'],
    [{ agentId: false }, 'agentId'],
    [{ fallbackNumber: '' }, 'fallbackNumber'],
    [{ fallbackNumber: '911' }, 'fallbackNumber'],
    [{ number: '+14155550100' }, 'number'],
    [{ provider: 'twilio' }, 'provider'],
    [{ status: 'active' }, 'status'],
    [{ organizationId: UUID }, 'organizationId'],
  ])('refuses %j', (body, path) => {
    expect(refusedPaths(UpdatePhoneNumberBody, body)).toEqual([path]);
  });
});

describe('the list of numbers', () => {
  it.each([
    {},
    { limit: '1' },
    { limit: '100' },
    { cursor: 'abc' },
    { search: '' },
    { search: '+1 (415)' },
    { provider: 'byo-phone-number' },
    { status: 'needs_attention' },
    { agentId: UUID },
    { sort: '-createdAt' },
    { sort: 'name' },
  ])('may be asked for with %j', (query) => {
    expect(refusedPaths(ListPhoneNumbersQuery, query)).toEqual([]);
  });

  it.each<[object, string]>([
    [{ limit: '0' }, 'limit'],
    [{ limit: '101' }, 'limit'],
    [{ limit: '2.5' }, 'limit'],
    [{ limit: 'ten' }, 'limit'],
    [{ limit: '-1' }, 'limit'],
    [{ limit: ['1', '2'] }, 'limit'],
    [{ cursor: 'x'.repeat(1_001) }, 'cursor'],
    [{ cursor: ['a', 'b'] }, 'cursor'],
    [{ search: 'x'.repeat(101) }, 'search'],
    [{ search: ['a', 'b'] }, 'search'],
    [{ provider: 'plivo' }, 'provider'],
    [{ status: 'deleted' }, 'status'],
    [{ agentId: 'null' }, 'agentId'],
    [{ sort: '-name' }, 'sort'],
    [{ sort: 'id' }, 'sort'],
    [{ organizationId: UUID }, 'organizationId'],
  ])('is refused with %j', (query, path) => {
    expect(refusedPaths(ListPhoneNumbersQuery, query)).toEqual([path]);
  });

  it('reads its limit as a number', () => {
    expect(plainToInstance(PageQuery, { limit: '25' }).limit).toBe(25);
  });
});

describe('the removal of a number', () => {
  it.each([
    [{ deleteCredential: 'true' }, true],
    [{ deleteCredential: '' }, true],
    [{ deleteCredential: 'false' }, false],
    [{}, undefined],
  ])('asked for with %j takes the credential along: %s', (query, expected) => {
    expect(refusedPaths(RemovePhoneNumberQuery, query)).toEqual([]);
    expect(plainToInstance(RemovePhoneNumberQuery, query).deleteCredential).toBe(expected);
  });

  it.each(['yes', '1', 'TRUE', ['true', 'true']])(
    'is refused with deleteCredential %j',
    (deleteCredential) => {
      expect(refusedPaths(RemovePhoneNumberQuery, { deleteCredential })).toEqual(['deleteCredential']);
    },
  );
});
