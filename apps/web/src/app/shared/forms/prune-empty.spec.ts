import { pruneEmpty } from './prune-empty';

describe('A form without what was left empty', () => {
  it('keeps what was entered, false and null included', () => {
    expect(pruneEmpty({ name: '', smsEnabled: false, agentId: null, port: 0 })).toEqual({
      smsEnabled: false,
      agentId: null,
      port: 0,
    });
  });

  it('leaves out objects and lists that hold nothing else', () => {
    expect(pruneEmpty({ credential: { gateways: [{ ip: '' }], plan: { user: '' } } })).toEqual({});
  });

  it('keeps the places in a list, since refused fields are named by them', () => {
    expect(pruneEmpty({ gateways: [{ ip: '' }, { ip: '198.51.100.7' }] })).toEqual({
      gateways: [{}, { ip: '198.51.100.7' }],
    });
  });
});
