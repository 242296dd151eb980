import 'reflect-metadata';
import { plainToInstance } from 'class-transformer';
import { messageAt, refusedPaths } from '../testing/refusals';
import { ImportTwilioBody, TwilioCredential } from './twilio';

const SID = 'AC0123456789abcdef0123456789abcdef';
const TOKEN = { accountSid: SID, authToken: 'a-token' };
const KEY = { accountSid: SID, apiKey: 'SK1', apiSecret: 'a-secret' };
const BODY = { provider: 'twilio', number: '+14155550100', credential: TOKEN };

describe('Twilio credentials', () => {
  it.each([
    ['a SID with an Auth Token', TOKEN],
    ['a SID with an API Key and its Secret', KEY],
    ['token and key together', { ...TOKEN, ...KEY }],
    ['a token with a key whose secret is left out', { ...TOKEN, apiKey: 'SK1' }],
    ['a token with a secret whose key is left out', { ...TOKEN, apiSecret: 'a-secret' }],
    ['white space around what was pasted', { accountSid: ` ${SID}\n`, authToken: '\ta-token ' }],
  ])('take %s', (_what, credential) => {
    expect(refusedPaths(TwilioCredential, credential)).toEqual([]);
  });

  it.each<[string, object, string[]]>([
    ['nothing', {}, ['accountSid', 'authToken']],
    ['a SID alone', { accountSid: SID }, ['authToken']],
    ['a token alone', { authToken: 'a-token' }, ['accountSid']],
    ['a key without its secret', { accountSid: SID, apiKey: 'SK1' }, ['apiSecret']],
    ['a secret without its key', { accountSid: SID, apiSecret: 'a-secret' }, ['apiKey']],
    ['a SID that does not start with AC', { ...TOKEN, accountSid: `SK${SID.slice(2)}` }, ['accountSid']],
    ['a SID in small letters', { ...TOKEN, accountSid: 'ac123' }, ['accountSid']],
    ['AC and nothing more', { ...TOKEN, accountSid: 'AC' }, ['accountSid']],
    ['a SID with a blank inside', { ...TOKEN, accountSid: 'AC12 34' }, ['accountSid']],
    ['a SID far too long', { ...TOKEN, accountSid: `AC${'1'.repeat(63)}` }, ['accountSid']],
    ['a SID that is no text', { ...TOKEN, accountSid: 7 }, ['accountSid']],
    ['a SID of null', { ...TOKEN, accountSid: null }, ['accountSid']],
    ['an empty token', { accountSid: SID, authToken: '' }, ['authToken']],
    ['a token of blanks', { accountSid: SID, authToken: '   ' }, ['authToken']],
    ['an empty token beside a whole key', { ...KEY, authToken: '' }, ['authToken']],
    ['a token of null beside a whole key', { ...KEY, authToken: null }, ['authToken']],
    ['an empty key beside a token', { ...TOKEN, apiKey: '' }, ['apiKey']],
    ['an empty secret', { ...KEY, apiSecret: '' }, ['apiSecret']],
    ['a secret of null', { ...KEY, apiSecret: null }, ['apiSecret']],
    ['a token that is a list', { ...TOKEN, authToken: ['a'] }, ['authToken']],
    ['a token longer than any', { ...TOKEN, authToken: 'x'.repeat(513) }, ['authToken']],
    ['an unknown field', { ...TOKEN, region: 'ie1' }, ['region']],
  ])('refuse %s', (_what, credential, paths) => {
    expect(refusedPaths(TwilioCredential, credential)).toEqual(paths);
  });

  it.each([
    ['starts otherwise', `SK${SID.slice(2)}`],
    ['has a sign inside', 'AC12-34'],
    ['is far too long', `AC${'1'.repeat(63)}`],
  ])('say how a SID is written, also where it %s', (_what, accountSid) => {
    expect(messageAt(TwilioCredential, { ...TOKEN, accountSid }, 'accountSid')).toContain(
      'AC, then 32 digits and letters from a to f.',
    );
  });

  it('say that a token or a key with its secret is wanted', () => {
    expect(messageAt(TwilioCredential, { accountSid: SID }, 'authToken')).toBe(
      'Enter the Auth Token, or an API Key with its API Secret.',
    );
  });

  it('lose the white space around them', () => {
    expect(plainToInstance(TwilioCredential, { accountSid: ` ${SID} `, authToken: ' a-token\n' })).toEqual(
      TOKEN,
    );
  });
});

describe('the import of a Twilio number', () => {
  it.each([
    ['the least', BODY],
    ['text messages switched on', { ...BODY, smsEnabled: true }],
    ['text messages switched off', { ...BODY, smsEnabled: false }],
  ])('takes %s', (_what, body) => {
    expect(refusedPaths(ImportTwilioBody, body)).toEqual([]);
  });

  it.each<[string, object, string[]]>([
    ['a missing number', { ...BODY, number: undefined }, ['number']],
    ['missing credentials', { ...BODY, credential: undefined }, ['credential']],
    ['credentials of null', { ...BODY, credential: null }, ['credential']],
    ['credentials that are a text', { ...BODY, credential: 'AC1' }, ['credential']],
    ['empty credentials', { ...BODY, credential: {} }, ['credential.accountSid', 'credential.authToken']],
    ['the id of a saved credential', { ...BODY, credentialId: crypto.randomUUID() }, ['credentialId']],
    ['an unknown field in the credentials', { ...BODY, credential: { ...TOKEN, x: 1 } }, ['credential.x']],
    ['smsEnabled as a text', { ...BODY, smsEnabled: 'true' }, ['smsEnabled']],
    ['smsEnabled of null', { ...BODY, smsEnabled: null }, ['smsEnabled']],
  ])('refuses %s', (_what, body, paths) => {
    expect(refusedPaths(ImportTwilioBody, body)).toEqual(paths);
  });

  it('refuses a list of credentials, each element of which would be fine', () => {
    expect(refusedPaths(ImportTwilioBody, { ...BODY, credential: [TOKEN] })).toContain('credential');
  });
});
