import { anEntry } from '../../../testing/builders';
import { changesOf, fieldWords } from './audit-changes';

const nameOf = (id: string) => `the one called ${id}`;

describe('What was changed', () => {
  it('is written for reading', () => {
    const entry = anEntry({
      before: { fallbackNumber: null, agentId: 'a', role: 'viewer' },
      after: { fallbackNumber: '+14155550199', agentId: null, role: 'admin', smsEnabled: true },
    });

    expect(changesOf(entry, nameOf)).toEqual([
      { field: 'Fallback number', before: 'none', after: '+14155550199' },
      { field: 'Agent', before: 'the one called a', after: 'none' },
      { field: 'Role', before: 'Viewer', after: 'Admin' },
      { field: 'SMS enabled', before: null, after: 'yes' },
    ]);
  });

  it('says in words what an API key may do, and where a number comes from', () => {
    const entry = anEntry({ after: { scopes: ['numbers:read', 'agents:read'], provider: 'telnyx' } });

    expect(changesOf(entry, nameOf).map(({ after }) => after)).toEqual([
      'See phone numbers; See agents',
      'Telnyx',
    ]);
  });

  it('names fields it does not know as they are', () => {
    expect(fieldWords('sip_uri')).toBe('SIP URI');
    expect(fieldWords('endedSessions')).toBe('Ended sessions');
  });
});
