import { useApi } from './support/api';
import { eventually } from './support/eventually';

const DAYS = 30;
const api = useApi({ env: { AUDIT_RETENTION_DAYS: String(DAYS) } });

const idsOf = async (organizationId: string) => {
  const { rows } = await api.db.query<{ id: string }>(
    'SELECT id FROM audit_entries WHERE organization_id = $1 ORDER BY id',
    [organizationId],
  );
  return rows.map(({ id }) => id);
};

const growOld = (id: string | undefined, age: string) =>
  api.db.query('UPDATE audit_entries SET created_at = now() - $2::interval WHERE id = $1', [id, age]);

test('Audit entries that are older than the operator keeps them are removed at the next start, and no others', async () => {
  const acme = await api.organization();
  for (const name of ['One', 'Two', 'Three']) await acme.patch('/api/organization', { name });
  const [first, second, ...others] = await idsOf(acme.id);
  expect(others.length).toBeGreaterThan(0);
  await growOld(first, `${DAYS} days 1 minute`);
  await growOld(second, `${DAYS} days -1 hours`);
  await api.restart();
  await eventually(async () => expect(await idsOf(acme.id)).toEqual([second, ...others]));
});
