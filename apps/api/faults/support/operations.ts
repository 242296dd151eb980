import {
  type AgentResponse,
  type CredentialProviderId,
  type CredentialResponse,
  type PhoneNumberResponse,
  type ProviderId,
  PROVIDERS,
} from '@voxreach/contracts';
import { bodyOf, type Organization } from '../../e2e/support/api';
import { CREDENTIALS, freshNumber } from '../../e2e/support/builders';
import type { Reply } from '../../e2e/support/client';
import type { Held } from './held';

/** Who does something, and the word with which the names of all that is theirs begin. */
export interface Actor {
  organization: Organization;
  mark: string;
}

/** An operation that can begin now. */
export interface Prepared {
  act: () => Promise<Reply>;
  /** The whole effect is there. */
  isThere: (now: Held, before: Held) => boolean;
}

export interface Operation {
  /** As it stands in a sentence: "importing a twilio number". */
  name: string;
  /** True for imports: a 503 leaves nothing, and an `Idempotency-Key` makes repeats safe. */
  isImport: boolean;
  /** True when a success may still have a part to come: recovery removes a credential that could not be removed with its number. */
  mayFinishLater?: boolean;
  prepare: (actor: Actor) => Promise<Prepared>;
}

const FALLBACK = '+4930123456';
const OTHER_FALLBACK = '+4940654321';

let areas = 0;

/** The provider's part of an import: its number, or, where Vapi chooses that, an area that still has some. */
export const numberOf = (provider: ProviderId): { number: string } | { areaCode: string } =>
  PROVIDERS[provider].fields.some(({ path }) => path === 'number')
    ? { number: freshNumber() }
    : { areaCode: String(200 + (areas++ % 800)) };

const credentialProviderOf = (provider: ProviderId): CredentialProviderId | undefined =>
  PROVIDERS[provider].credential?.provider;

/** True where an import makes a credential at Vapi before the number. */
export const isTwoStep = (provider: ProviderId): boolean => PROVIDERS[provider].credential?.reusable === true;

/** The credentials of an import that brings its own. */
function inline(provider: ProviderId): object {
  const of = credentialProviderOf(provider);
  return of === undefined ? {} : { credential: CREDENTIALS[of] };
}

const createAgent = async ({ organization, mark }: Actor, name = 'agent') =>
  bodyOf(
    await organization.post<AgentResponse>('/api/agents', {
      name: `${mark} ${name}`,
      firstMessage: 'Hello',
      systemPrompt: 'Be kind.',
    }),
  );

const saveCredential = async ({ organization, mark }: Actor, provider: CredentialProviderId) =>
  bodyOf(
    await organization.post<CredentialResponse>('/api/credentials', {
      provider,
      name: `${mark} saved`,
      credential: CREDENTIALS[provider],
    }),
  );

const importNumber = async ({ organization, mark }: Actor, provider: ProviderId, fields: object = {}) =>
  bodyOf(
    await organization.post<PhoneNumberResponse>('/api/phone-numbers', {
      provider,
      ...numberOf(provider),
      ...inline(provider),
      name: `${mark} number`,
      ...fields,
    }),
  );

/** The only number, credential, or agent of a case that has one. */
const one = <Item>(items: readonly Item[]): Item | undefined => (items.length === 1 ? items[0] : undefined);

const importing = (provider: ProviderId, saved: boolean): Operation => ({
  name: `importing a ${provider} number${saved ? ' with a saved credential' : ''}`,
  isImport: true,
  prepare: async (actor) => {
    const { organization, mark } = actor;
    const agent = await createAgent(actor);
    const of = credentialProviderOf(provider);
    const body = {
      provider,
      ...numberOf(provider),
      ...(saved && of !== undefined
        ? { credentialId: (await saveCredential(actor, of)).id }
        : inline(provider)),
      name: `${mark} number`,
      agentId: agent.id,
      fallbackNumber: FALLBACK,
    };
    return {
      act: () =>
        organization.post('/api/phone-numbers', body, { headers: { 'idempotency-key': `${mark} once` } }),
      isThere: ({ numbers, credentials }) => {
        const number = one(numbers);
        return (
          number?.agent_id === agent.id &&
          number.fallback_number === FALLBACK &&
          credentials.length === (isTwoStep(provider) ? 1 : 0) &&
          number.credential_id === (credentials[0]?.id ?? null)
        );
      },
    };
  },
});

const updating = (provider: ProviderId): Operation => ({
  name: `renaming, assigning and redirecting a ${provider} number`,
  isImport: false,
  prepare: async (actor) => {
    const { organization, mark } = actor;
    const agent = await createAgent(actor);
    const { id } = await importNumber(actor, provider);
    const body = { name: `${mark} renamed`, agentId: agent.id, fallbackNumber: OTHER_FALLBACK };
    return {
      act: () => organization.patch(`/api/phone-numbers/${id}`, body),
      isThere: ({ numbers }) => {
        const number = one(numbers);
        return (
          number?.name === body.name &&
          number.agent_id === agent.id &&
          number.fallback_number === OTHER_FALLBACK
        );
      },
    };
  },
});

const clearing = (provider: ProviderId): Operation => ({
  name: `unassigning a ${provider} number and clearing its fallback`,
  isImport: false,
  prepare: async (actor) => {
    const agent = await createAgent(actor);
    const { id } = await importNumber(actor, provider, { agentId: agent.id, fallbackNumber: FALLBACK });
    return {
      act: () =>
        actor.organization.patch(`/api/phone-numbers/${id}`, { agentId: null, fallbackNumber: null }),
      isThere: ({ numbers }) => {
        const number = one(numbers);
        return number?.agent_id === null && number.fallback_number === null;
      },
    };
  },
});

const deleting = (provider: ProviderId, withCredential: boolean): Operation => ({
  name: `deleting a ${provider} number${withCredential ? ' with its credential' : ''}`,
  isImport: false,
  mayFinishLater: withCredential,
  prepare: async (actor) => {
    const { id } = await importNumber(actor, provider);
    const path = `/api/phone-numbers/${id}${withCredential ? '?deleteCredential=true' : ''}`;
    return {
      act: () => actor.organization.delete(path),
      isThere: ({ numbers, credentials }, before) =>
        numbers.length === 0 && credentials.length === (withCredential ? 0 : before.credentials.length),
    };
  },
});

/** What is done to a provider's numbers. */
export const operationsOf = (provider: ProviderId): Operation[] => [
  importing(provider, false),
  ...(isTwoStep(provider) ? [importing(provider, true)] : []),
  updating(provider),
  clearing(provider),
  deleting(provider, false),
  ...(isTwoStep(provider) ? [deleting(provider, true)] : []),
];

const savingCredential = (provider: CredentialProviderId): Operation => ({
  name: `saving a ${provider} credential`,
  isImport: false,
  prepare: async ({ organization, mark }) => ({
    act: () =>
      organization.post('/api/credentials', {
        provider,
        name: `${mark} saved`,
        credential: CREDENTIALS[provider],
      }),
    isThere: ({ credentials }) => credentials.length === 1,
  }),
});

const deletingCredential = (provider: CredentialProviderId): Operation => ({
  name: `deleting a ${provider} credential`,
  isImport: false,
  prepare: async (actor) => {
    const { id } = await saveCredential(actor, provider);
    return {
      act: () => actor.organization.delete(`/api/credentials/${id}`),
      isThere: ({ credentials }) => credentials.length === 0,
    };
  },
});

const creatingAgent: Operation = {
  name: 'creating an agent',
  isImport: false,
  prepare: async ({ organization, mark }) => ({
    act: () =>
      organization.post('/api/agents', {
        name: `${mark} agent`,
        firstMessage: 'Hi',
        systemPrompt: 'Be brief.',
      }),
    isThere: ({ agents }) => agents.length === 1,
  }),
};

const changingAgent: Operation = {
  name: 'changing the name and the words of an agent',
  isImport: false,
  prepare: async (actor) => {
    const { id } = await createAgent(actor);
    const body = { name: `${actor.mark} other`, firstMessage: 'Good day', systemPrompt: 'Be formal.' };
    return {
      act: () => actor.organization.patch(`/api/agents/${id}`, body),
      isThere: ({ agents, remote }) =>
        one(agents)?.name === body.name &&
        one(remote.assistants)?.['firstMessage'] === body.firstMessage &&
        JSON.stringify(one(remote.assistants)).includes(body.systemPrompt),
    };
  },
};

const deletingAgent: Operation = {
  name: 'deleting an agent',
  isImport: false,
  prepare: async (actor) => {
    const { id } = await createAgent(actor);
    return {
      act: () => actor.organization.delete(`/api/agents/${id}`),
      isThere: ({ agents }) => agents.length === 0,
    };
  },
};

/** What is the same for all providers. */
export const SHARED_OPERATIONS: Operation[] = [
  savingCredential('telnyx'),
  deletingCredential('byo-sip-trunk'),
  creatingAgent,
  changingAgent,
  deletingAgent,
];

/** An organisation with one of everything, to which nothing may happen. */
export async function furnish(actor: Actor): Promise<void> {
  const agent = await createAgent(actor);
  await importNumber(actor, 'telnyx', { agentId: agent.id, fallbackNumber: FALLBACK });
}
