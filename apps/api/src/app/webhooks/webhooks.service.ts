import { setTimeout as wait } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { PrismaService } from '../prisma/prisma.service';
import { asJobs, inOrganization } from '../prisma/scope';

/** What Vapi may be told to do with a call to a number without an assistant. */
type AssistantAnswer =
  { assistantId: string } | { destination: { type: 'number'; number: string } } | { error: string };

/** Spoken to the caller. */
const NOBODY_ASSIGNED =
  'Thank you for calling. Nobody can take your call at this number yet. Please try again later.';

/** How long the database may take while a caller waits, in milliseconds. */
const LONGEST_LOOK_UP_MS = 800;

type Fields = Record<string, unknown>;

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null;

/** Answers Vapi's events. */
@Injectable()
export class WebhooksService {
  constructor(private readonly prisma: PrismaService) {}

  async receive(message: unknown): Promise<object> {
    if (!isFields(message) || message['type'] !== 'assistant-request') return {};
    return this.answerCall(phoneNumberIdOf(message));
  }

  /**
   * A call to a number of which Vapi knows no assistant: the agent, if one was assigned a moment ago; else the fallback number;
   * else a sentence. Vapi waits 7.5 s at most.
   */
  private async answerCall(vapiPhoneNumberId: string | undefined): Promise<AssistantAnswer> {
    if (vapiPhoneNumberId === undefined || vapiPhoneNumberId.includes('\0'))
      return { error: NOBODY_ASSIGNED };
    // A caller is waiting: without an answer of the database in time, a sentence is better than silence.
    const lookedUp = this.lookUp(vapiPhoneNumberId).catch(() => undefined);
    const answer = await Promise.race([lookedUp, wait(LONGEST_LOOK_UP_MS, undefined, { ref: false })]);
    return answer ?? { error: NOBODY_ASSIGNED };
  }

  private async lookUp(vapiPhoneNumberId: string): Promise<AssistantAnswer | undefined> {
    const known = await asJobs(() =>
      this.prisma.phoneNumber.findFirst({
        where: { vapiPhoneNumberId },
        select: { id: true, organizationId: true },
      }),
    );
    if (known === null) return undefined;
    const number = await inOrganization(known.organizationId, () =>
      this.prisma.phoneNumber.findFirst({
        where: known,
        select: { fallbackNumber: true, agent: { select: { vapiAssistantId: true } } },
      }),
    );
    const assistantId = number?.agent?.vapiAssistantId;
    if (assistantId != null) return { assistantId };
    if (number?.fallbackNumber != null)
      return { destination: { type: 'number', number: number.fallbackNumber } };
    return undefined;
  }
}

/** `message.phoneNumber` is shaped like a request and may lack its id, so the call's reference counts. */
function phoneNumberIdOf({ call, phoneNumber }: Fields): string | undefined {
  const ids = [
    isFields(call) ? call['phoneNumberId'] : undefined,
    isFields(phoneNumber) ? phoneNumber['id'] : undefined,
  ];
  return ids.find((id) => typeof id === 'string');
}
