import { isDeepStrictEqual } from 'node:util';
import type { ProblemResponse } from '@voxreach/contracts';
import type { Fault } from '@voxreach/vapi-sandbox';
import { eventually } from '../../e2e/support/eventually';
import type { Reply } from '../../e2e/support/client';
import type { DatabaseFault, ObservedWrite } from './database-proxy';
import { comparable, disagreements, type Held, lookAtAll, operatorsPart, partOf } from './held';
import { Installation } from './installation';
import { type Actor, furnish, type Operation, type Prepared } from './operations';
import { holdLeases, recover } from './recovery';

/** One thing that goes wrong, once, at one step of an operation. */
export interface Case {
  /** The sentence that names the test. */
  name: string;
  fault: CaseFault;
}

export type CaseFault =
  | { at: 'vapi'; request: number; fault: Fault; kill: boolean }
  | { at: 'database'; write: number; kind: DatabaseFault['kind']; kill: boolean };

/** What a case came to. */
interface Outcome {
  /** Undefined when the connection was lost. */
  reply: Reply | undefined;
  before: Held;
  atAnswer: Held;
  afterRecovery: Held;
  /** The answer to the same request, sent again after recovery; imports only. */
  repeated: Reply | undefined;
  afterRepeat: Held;
}

const REMOTE_FAULTS: [string, Fault][] = [
  ['answers 400', { kind: 'status', status: 400, message: 'Injected refusal.' }],
  ['answers 401', { kind: 'status', status: 401 }],
  ['answers 429', { kind: 'status', status: 429, headers: { 'retry-after': '1' } }],
  ['answers 500', { kind: 'status', status: 500 }],
  ['acts and answers 500', { kind: 'status-after', status: 500 }],
  ['never answers', { kind: 'hang' }],
  ['acts and never answers', { kind: 'hang-after' }],
  ['cuts the connection', { kind: 'reset' }],
  ['acts and cuts the connection', { kind: 'reset-after' }],
  ['acts and answers with a web page', { kind: 'garbage' }],
  ['acts and answers without an id', { kind: 'missing-id' }],
];

const KILLS: [string, Fault][] = [
  ['has not acted yet', { kind: 'hang' }],
  ['has acted', { kind: 'hang-after' }],
];

const DATABASE_FAULTS: [string, DatabaseFault['kind'], boolean][] = [
  ['the connection is cut before', 'before', false],
  ['the connection is cut after', 'after', false],
  ['the database is gone from', 'gone', false],
  ['the process is killed before', 'before', true],
  ['the process is killed after', 'after', true],
];

/** The steps of an operation, as a run without faults shows them. */
export interface Steps {
  requests: string[];
  /** Their `moment` is the number of requests sent before. */
  writes: ObservedWrite[];
}

/** FAULT_CASES=distinct leaves out the faults that must come to exactly what another one comes to. */
const ONLY_DISTINCT = process.env['FAULT_CASES'] === 'distinct';

/**
 * False when a fault at this write comes to what the same fault comes to at an earlier place: a transaction that does not get to its
 * COMMIT is rolled back wherever it ended, and a process that dies before a write dies after the write before it, unless Vapi was asked
 * in between.
 */
function isDistinct(
  writes: readonly ObservedWrite[],
  index: number,
  kind: DatabaseFault['kind'],
  kill: boolean,
): boolean {
  const [before, write] = [writes[index - 1], writes[index]];
  if (kind === 'after') return write?.isUncommitted === false;
  if (kill) return before?.moment !== write?.moment;
  return before?.isUncommitted !== true || write?.isUncommitted === false;
}

export function casesOf({ requests, writes }: Steps): Case[] {
  return [
    ...requests.flatMap((step, request) => [
      ...REMOTE_FAULTS.map(([what, fault]): Case => ({
        name: `Vapi ${what} to ${step}`,
        fault: { at: 'vapi', request, fault, kill: false },
      })),
      ...KILLS.map(([when, fault]): Case => ({
        name: `the process is killed during ${step}, on which Vapi ${when}`,
        fault: { at: 'vapi', request, fault, kill: true },
      })),
    ]),
    ...writes.flatMap(({ name }, write) =>
      DATABASE_FAULTS.filter(([, kind, kill]) => !ONLY_DISTINCT || isDistinct(writes, write, kind, kill)).map(
        ([what, kind, kill]): Case => ({
          name: `${what} write ${write + 1}, ${name}`,
          fault: { at: 'database', write, kind, kill },
        }),
      ),
    ),
  ];
}

/** The steps of something that nothing goes wrong with. */
export async function stepsOf({ sandbox, server }: Installation, act: () => Promise<Reply>): Promise<Steps> {
  const first = sandbox.requests.length;
  server.proxy.watch(() => sandbox.requests.length);
  const { status, body } = await act();
  if (status >= 300) throw new Error(`Answered ${status} ${JSON.stringify(body)}`);
  return {
    requests: sandbox.requests
      .slice(first)
      .map(({ method, path }) => `${method} ${path.replace(/[0-9a-f-]{36}/, ':id')}`),
    writes: [...server.proxy.writes],
  };
}

interface PlanOptions {
  /** Another provider whose operations have the same steps in the same order. */
  sameStepsAs?: string;
}

/** An installation, and what is to be tried on it. */
export class Matrix {
  private constructor(
    readonly installation: Installation,
    readonly plan: { operation: Operation; cases: Case[] }[],
    private readonly bystander: Actor,
  ) {}

  private actors = 0;

  /** Runs every operation once without faults, to learn its steps. */
  static async plan(operations: readonly Operation[], { sameStepsAs }: PlanOptions = {}): Promise<Matrix> {
    const installation = await Installation.start();
    const bystander = { organization: await installation.organization('Bystander'), mark: 'bystander' };
    await furnish(bystander);
    const matrix = new Matrix(installation, [], bystander);
    for (const operation of operations) {
      const cases = casesOf(await matrix.stepsOf(operation));
      // What a dying process leaves does not depend on what the steps are about.
      const isNew = ({ fault }: Case) => !(ONLY_DISTINCT && fault.kill && sameStepsAs !== undefined);
      matrix.plan.push({ operation, cases: cases.filter(isNew) });
    }
    return matrix;
  }

  private async stepsOf(operation: Operation): Promise<Steps> {
    const { prepared } = await this.ready(operation);
    return stepsOf(this.installation, prepared.act);
  }

  /** Somebody who can begin the operation. A machine that is too busy for the timeouts may need another try. */
  private async ready(operation: Operation): Promise<{ actor: Actor; prepared: Prepared }> {
    for (let tries = 1; ; tries++) {
      const actor = await this.actor();
      try {
        return { actor, prepared: await operation.prepare(actor) };
      } catch (error) {
        if (tries === 3) throw error;
      }
    }
  }

  /** Sends the request again; once more when the answer is that this is worth trying. */
  private async repeat({ act }: Prepared): Promise<Reply> {
    const reply = await act();
    if (reply.status !== 503) return reply;
    await recover(this.installation.db);
    return act();
  }

  private async actor(): Promise<Actor> {
    const mark = `c${String(this.actors++).padStart(4, '0')}`;
    return { organization: await this.installation.organization(mark), mark };
  }

  /** Runs the cases of one operation, each in an organisation of its own; then lets recovery run, once for all of them. */
  async run(operation: Operation, cases: readonly Case[]): Promise<GroupResult> {
    const { db, sandbox } = this.installation;
    const bystanders = async () =>
      partOf(await lookAtAll(db, sandbox), this.bystander.organization.id, this.bystander.mark);
    const before = { operator: operatorsPart(sandbox), bystander: await bystanders() };
    const runs: { actor: Actor; prepared: Prepared; outcome: Outcome }[] = [];
    for (const { fault } of cases) {
      const { actor, prepared } = await this.ready(operation);
      const held = await this.look(actor);
      const reply = await strike(this.installation, fault, prepared.act);
      const atAnswer = await this.look(actor);
      // Recovery comes later, for all cases together.
      await holdLeases(db);
      const outcome = {
        reply,
        before: held,
        atAnswer,
        afterRecovery: held,
        repeated: undefined,
        afterRepeat: held,
      };
      runs.push({ actor, prepared, outcome });
    }
    await recover(db);
    const recovered = await lookAtAll(db, sandbox);
    for (const { actor, prepared, outcome } of runs) {
      outcome.afterRecovery = partOf(recovered, actor.organization.id, actor.mark);
      if (operation.isImport) Object.assign(outcome, { repeated: await this.repeat(prepared) });
    }
    const repeated = await lookAtAll(db, sandbox);
    for (const { actor, outcome } of runs)
      outcome.afterRepeat = partOf(repeated, actor.organization.id, actor.mark);
    return {
      operation,
      runs,
      before,
      after: { operator: operatorsPart(sandbox), bystander: await bystanders() },
      disagreements: disagreements(repeated),
    };
  }

  private async look({ organization, mark }: Actor): Promise<Held> {
    return partOf(await lookAtAll(this.installation.db, this.installation.sandbox), organization.id, mark);
  }
}

/** Lets one thing go wrong while the operation runs. Undefined when the client got no answer. */
export async function strike(
  installation: Installation,
  fault: CaseFault,
  act: () => Promise<Reply>,
): Promise<Reply | undefined> {
  const { sandbox, server } = installation;
  const first = sandbox.requests.length;
  if (fault.at === 'vapi') sandbox.inject({ ...fault.fault, skip: fault.request });
  else {
    const { kind, write } = fault;
    server.proxy.arm({ kind, write, ...(fault.kill ? { then: () => server.kill() } : {}) });
  }
  const answer = act().catch(() => undefined);
  if (fault.at === 'vapi' && fault.kill) {
    await eventually(() => {
      if (sandbox.requests.length <= first + fault.request) throw new Error('The request was not sent');
    });
    server.kill();
  }
  const reply = await answer;
  sandbox.clearFaults();
  server.proxy.restore();
  if (fault.kill) await installation.replace();
  return reply;
}

export interface GroupResult {
  operation: Operation;
  runs: { actor: Actor; prepared: Prepared; outcome: Outcome }[];
  before: { operator: object; bystander: Held };
  after: { operator: object; bystander: Held };
  /** Of everything that anybody has. */
  disagreements: string[];
}

/** Checks one case: both sides agree, and the client's answer was true. */
export function check({ operation, runs }: GroupResult, index: number): void {
  const run = runs[index];
  if (run === undefined) throw new Error('This case did not run');
  const { prepared, outcome } = run;
  const { reply, before, atAnswer, afterRecovery, repeated, afterRepeat } = outcome;
  const isThere = (held: Held) => prepared.isThere(held, before);
  const isAbsent = (held: Held) => isDeepStrictEqual(comparable(held), comparable(before));

  expect(disagreements(afterRecovery)).toEqual([]);
  const left = isThere(afterRecovery) ? 'all' : isAbsent(afterRecovery) ? 'nothing' : 'a part';
  const { detail = '' } = (reply?.body ?? {}) as Partial<ProblemResponse>;
  expect({ answer: reply?.status, detail, left }).toEqual({
    answer: reply?.status,
    detail,
    left: expectedOf(reply?.status, operation, detail),
  });
  const isSettled =
    reply !== undefined &&
    (reply.status >= 300 || !operation.mayFinishLater) &&
    (reply.status < 500 || /nothing was|keeps its/i.test(detail));
  if (isSettled)
    expect({ detail, held: comparable(atAnswer) }).toEqual({ detail, held: comparable(afterRecovery) });

  if (repeated === undefined) return;
  const isRefused = reply !== undefined && reply.status >= 400 && reply.status < 500 && reply.status !== 429;
  expect({ status: repeated.status, body: repeated.body }).toEqual({
    status: isRefused ? reply.status : 201,
    body: reply?.status === 201 ? reply.body : expect.anything(),
  });
  expect(disagreements(afterRepeat)).toEqual([]);
  expect(isRefused ? isAbsent(afterRepeat) : isThere(afterRepeat)).toBe(true);
}

/** What may be left after recovery, for an answer that was true. */
function expectedOf(status: number | undefined, { isImport }: Operation, detail: string): unknown {
  if (status !== undefined && status < 300) return 'all';
  if (status !== undefined && status < 500) return 'nothing';
  if (status === 503 && (isImport || /keeps its|nothing was/i.test(detail))) return 'nothing';
  if (/marked for removal/.test(detail)) return 'all';
  return expect.stringMatching(/^(all|nothing)$/);
}

/** The tests of a plan: one for each case, and one for those to whom nothing may happen. */
export function describeMatrix(matrix: Matrix): void {
  afterAll(() => matrix.installation.stop());

  describe.each(matrix.plan.map((group) => ({ ...group, name: group.operation.name })))(
    'While $name',
    ({ operation, cases }) => {
      let result: GroupResult;
      beforeAll(async () => {
        result = await matrix.run(operation, cases);
      }, 900_000);

      test.each(cases.map(({ name }, index) => ({ name, index })))('$name', ({ index }) =>
        check(result, index),
      );

      test('nothing happens to the operator, to another organisation, or to anything else', () => {
        expect(result.after).toEqual(result.before);
        expect(result.disagreements).toEqual([]);
      });
    },
  );
}
