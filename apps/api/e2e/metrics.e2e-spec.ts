import { readFileSync } from 'node:fs';
import type { PhoneNumberResponse } from '@voxreach/contracts';
import { Api, bodyOf } from './support/api';
import { importNumber, IMPORTS } from './support/builders';
import { freePorts } from './support/free-ports';
import { figure, metricsOf } from './support/metrics';
import { problemOf } from './support/problem';

let api: Api;
let port: number;

beforeAll(async () => {
  [port = 0] = await freePorts(1);
  api = await new Api({ env: { METRICS_PORT: String(port), HOST: '127.0.0.1' } }).start();
});

afterAll(() => api.stop());

const read = () => metricsOf(port);

test('requests, imports and what Vapi is asked are counted by route, provider and outcome', async () => {
  const acme = await api.organization();
  const number = await importNumber(acme, IMPORTS.telnyx());
  bodyOf(await acme.get<PhoneNumberResponse>(`/api/phone-numbers/${number.id}`));
  api.sandbox.inject({ method: 'POST', path: /^\/phone-number$/, kind: 'status', status: 400 });
  problemOf(await acme.post('/api/phone-numbers', IMPORTS.twilio()), 'PROVIDER_REJECTED');

  const text = await read();
  const requests = 'voxreach_http_request_duration_seconds_count';
  expect(figure(text, `${requests}{method="POST",route="/api/phone-numbers",status="201"}`)).toBe(1);
  expect(figure(text, `${requests}{method="GET",route="/api/phone-numbers/:id",status="200"}`)).toBe(1);
  expect(figure(text, 'voxreach_imports_total{provider="telnyx",result="imported"}')).toBe(1);
  expect(figure(text, 'voxreach_imports_total{provider="twilio",result="refused"}')).toBe(1);
  const vapi = 'voxreach_vapi_request_duration_seconds_count';
  expect(figure(text, `${vapi}{operation="POST /phone-number",outcome="rejected"}`)).toBe(1);
  expect(figure(text, `${vapi}{operation="POST /phone-number",outcome="ok"}`)).toBe(1);
  expect(figure(text, 'voxreach_needs_attention{table="phone_numbers"}')).toBe(0);
  expect(figure(text, 'voxreach_database_connections{pool="application",state="waiting"}')).toBe(0);
  expect(figure(text, 'nodejs_eventloop_lag_p99_seconds')).toBeGreaterThan(0);
});

test('nothing in them tells one organisation or number from another', async () => {
  const acme = await api.organization();
  const number = await importNumber(acme);
  const text = await read();
  for (const secret of [acme.id, number.id, number.number ?? '', acme.login.email]) {
    expect(text).not.toContain(secret);
  }
});

test('they are not at the address of the API', async () => {
  const answered = await api.anonymous.get('/metrics');
  expect(JSON.stringify(answered.body)).not.toContain('voxreach_http');
  expect((await api.anonymous.get('/api/metrics')).status).toBe(404);
  expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(404);
});

const repositoryFile = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');

test.each(['alerts.yml', 'dashboard.json'])('%s asks for no metric that is not kept', async (file) => {
  const asked = repositoryFile(`deploy/monitoring/${file}`).match(/\b(?:voxreach|nodejs|process)_\w+/g) ?? [];
  const kept = [...(await read()).matchAll(/^# TYPE (\w+)/gm)].map(([, name]) => name);
  const names = new Set(asked.map((name) => name.replace(/_(count|bucket)$/, '')));
  expect(names.size).toBeGreaterThan(5);
  expect([...names].filter((name) => !kept.includes(name))).toEqual([]);
});

test('Each alert has its section in the runbook', () => {
  const alerts = [...repositoryFile('deploy/monitoring/alerts.yml').matchAll(/alert: (\w+)/g)].map(
    ([, name]) => name,
  );
  const sections = [...repositoryFile('docs/runbook.md').matchAll(/^## (\w+)$/gm)].map(([, name]) => name);
  expect(sections).toEqual(alerts);
});
