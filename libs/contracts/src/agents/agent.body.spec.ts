import 'reflect-metadata';
import { refusedPaths } from '../testing/refusals';
import { CreateAgentBody, UpdateAgentBody } from './agent.body';

describe.each([
  { what: 'a new agent', type: CreateAgentBody, least: { name: 'Reception' } },
  { what: 'the change of an agent', type: UpdateAgentBody, least: {} },
])('$what', ({ type, least }) => {
  it.each([
    {},
    { name: 'x'.repeat(40) },
    { firstMessage: '' },
    { firstMessage: 'x'.repeat(2_000) },
    { systemPrompt: '' },
    { systemPrompt: 'x'.repeat(20_000) },
  ])('is taken, case %#', (fields) => {
    expect(refusedPaths(type, { ...least, ...fields })).toEqual([]);
  });

  it.each<[string, object, string]>([
    ['an empty name', { name: ' ' }, 'name'],
    ['a name of null', { name: null }, 'name'],
    ['a name of 41 characters', { name: 'x'.repeat(41) }, 'name'],
    ['a first message of null', { firstMessage: null }, 'firstMessage'],
    ['a first message that is too long', { firstMessage: 'x'.repeat(2_001) }, 'firstMessage'],
    ['instructions of null', { systemPrompt: null }, 'systemPrompt'],
    ['instructions that are too long', { systemPrompt: 'x'.repeat(20_001) }, 'systemPrompt'],
    ['a model', { model: { provider: 'openai' } }, 'model'],
    ["Vapi's id", { assistantId: 'x' }, 'assistantId'],
  ])('is refused with %s', (_what, fields, path) => {
    expect(refusedPaths(type, { ...least, ...fields })).toEqual([path]);
  });
});

it('a new agent needs a name', () => {
  expect(refusedPaths(CreateAgentBody, {})).toEqual(['name']);
});
