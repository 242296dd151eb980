import 'reflect-metadata';
import { refusedPaths } from '../testing/refusals';
import { ProvisionVapiBody } from './vapi';

describe('the order of a free number', () => {
  it.each<[string, object]>([
    ['nothing at all', {}],
    ['an area code', { areaCode: '415' }],
    ['an area code with blanks around it', { areaCode: ' 212 ' }],
  ])('takes %s', (_what, fields) => {
    expect(refusedPaths(ProvisionVapiBody, { provider: 'vapi', ...fields })).toEqual([]);
  });

  it.each<[string, object, string]>([
    ['an empty area code', { areaCode: '' }, 'areaCode'],
    ['an area code of null', { areaCode: null }, 'areaCode'],
    ['an area code as a number', { areaCode: 415 }, 'areaCode'],
    ['two digits', { areaCode: '41' }, 'areaCode'],
    ['four digits', { areaCode: '4155' }, 'areaCode'],
    ['letters', { areaCode: 'abc' }, 'areaCode'],
    ['an area code that starts with 0 or 1', { areaCode: '123' }, 'areaCode'],
    ['a number of its own', { number: '+14155550100' }, 'number'],
    ['credentials', { credential: {} }, 'credential'],
    ['a SIP URI', { sipUri: 'sip:abc@sip.vapi.ai' }, 'sipUri'],
  ])('refuses %s', (_what, fields, path) => {
    expect(refusedPaths(ProvisionVapiBody, { provider: 'vapi', ...fields })).toEqual([path]);
  });
});
