import { useApi } from './support/api';
import { createAgent, importNumber } from './support/builders';
import { eventually } from './support/eventually';
import { listen, toldOf } from './support/listening';
import { problemOf } from './support/problem';

const api = useApi();

describe('Whoever listens', () => {
  it('is told of a number that is added, changed and removed, and no one of another organisation is', async () => {
    const [acme, other] = [await api.organization('Acme'), await api.organization('Other')];
    const [heard, heardByOther] = [await listen(api.url, acme.token), await listen(api.url, other.token)];
    const { id } = await importNumber(acme);
    await eventually(() => expect(toldOf(heard)).toEqual([id]));
    const agent = await createAgent(acme);
    await acme.patch(`/api/phone-numbers/${id}`, { agentId: agent.id });
    await eventually(() => expect(toldOf(heard)).toEqual([id, id]));
    await acme.delete(`/api/phone-numbers/${id}`);
    await eventually(() => expect(toldOf(heard)).toEqual([id, id, id]));
    expect(toldOf(heardByOther)).toEqual([]);
    for (const each of [heard, heardByOther]) each.stop();
  });

  it('must be signed in', async () => {
    problemOf(await api.anonymous.get('/api/events'), 'UNAUTHENTICATED');
  });

  it('does not keep the server from stopping', async () => {
    const { token } = await api.organization();
    const heard = await listen(api.url, token);
    await api.restart();
    await eventually(() => expect(heard.hasEnded).toBe(true));
  });
});
