import { createHmac } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { WebhookCredential } from '../../generated/prisma/client';
import { leaseUntil } from '../common/lease';
import { taggedName } from '../common/vapi-name';
import { AppConfig } from '../config/app-config';
import { PrismaService } from '../prisma/prisma.service';
import { asJobs } from '../prisma/scope';
import { createOrFind } from '../vapi/create-or-find';
import { VapiCredentials } from '../vapi/vapi-credentials';

/** How often a process asks whether another one has finished with the credential, in milliseconds. */
const PAUSE_MS = 200;

/**
 * The credential by which Vapi proves its webhooks to us: one for the whole installation, made when the first number needs it. It belongs to
 * no organisation and is shown to none.
 */
@Injectable()
export class WebhookCredentialService {
  private known: Promise<string> | undefined;

  constructor(
    private readonly prisma: PrismaService,
    private readonly vapi: VapiCredentials,
    private readonly config: AppConfig,
  ) {}

  /** Vapi's id of it, with the secret that is configured now. @throws VapiError */
  async vapiId(): Promise<string> {
    // Requests at the same time wait for one answer; a failure is not remembered.
    this.known ??= asJobs(() => this.settle()).catch((error: unknown) => {
      this.known = undefined;
      throw error;
    });
    return this.known;
  }

  /** Gives Vapi a secret that was changed in the configuration, so that the webhooks of existing numbers go on being accepted. */
  async followSecret(): Promise<void> {
    const account = this.account();
    const row = await asJobs(() => this.prisma.webhookCredential.findFirst({ where: { account } }));
    if (row?.vapiCredentialId != null && !this.hasSecret(row)) await this.vapiId();
  }

  /** Vapi does not know it any more: the next number makes a new one. */
  async forget(): Promise<void> {
    this.known = undefined;
    const account = this.account();
    await asJobs(() => this.prisma.webhookCredential.deleteMany({ where: { account } }));
  }

  private async settle(): Promise<string> {
    const account = this.account();
    for (;;) {
      const row = await this.prisma.webhookCredential.findFirst({ where: { account } });
      if (row?.vapiCredentialId != null && this.hasSecret(row)) return row.vapiCredentialId;
      const isBusy = row?.leaseUntil != null && row.leaseUntil > new Date();
      if (!isBusy && (await this.claim(row))) return this.work(row);
      await wait(PAUSE_MS);
    }
  }

  /** True when this process, and no other, may work on it now. */
  private async claim(row: WebhookCredential | null): Promise<boolean> {
    const account = this.account();
    const lease = leaseUntil(this.config);
    const { count } =
      row === null
        ? await this.prisma.webhookCredential.createMany({
            data: [{ account, secretHash: this.secretHash(), leaseUntil: lease }],
            skipDuplicates: true,
          })
        : await this.prisma.webhookCredential.updateMany({
            where: { account, leaseUntil: row.leaseUntil },
            data: { leaseUntil: lease },
          });
    return count === 1;
  }

  private async work(before: WebhookCredential | null): Promise<string> {
    const where = { account: this.account() };
    try {
      const vapiCredentialId = before?.vapiCredentialId
        ? await this.changeSecret(before.vapiCredentialId)
        : await this.create(before !== null);
      await this.prisma.webhookCredential.update({
        where,
        data: { vapiCredentialId, secretHash: this.secretHash(), leaseUntil: null },
      });
      return vapiCredentialId;
    } catch (error) {
      // The row stays: what may have been made will be found by its mark at the next try, which may come at once.
      await this.prisma.webhookCredential.updateMany({ where, data: { leaseUntil: null } });
      throw error;
    }
  }

  private async create(mayExist: boolean): Promise<string> {
    const { id } = await this.prisma.webhookCredential.findFirstOrThrow({
      where: { account: this.account() },
    });
    const name = taggedName('VoxReach webhooks', id);
    const found = mayExist ? await this.vapi.find(id) : undefined;
    const made =
      found ??
      (await createOrFind(
        () => this.vapi.create({ name, ...this.payload() }),
        () => this.vapi.find(id),
      ));
    return made.id;
  }

  private async changeSecret(id: string): Promise<string> {
    await this.vapi.update(id, this.payload());
    return id;
  }

  private payload() {
    return {
      provider: 'webhook' as const,
      authenticationPlan: {
        type: 'bearer' as const,
        token: this.config.webhook.secret,
        headerName: 'X-Vapi-Secret',
        bearerPrefixEnabled: false,
      },
    };
  }

  private hasSecret(row: WebhookCredential): boolean {
    return this.secretHash().equals(row.secretHash);
  }

  /** A key of one account of Vapi's hashes both: whoever reads the row learns neither. */
  private account = () => this.keyed('account');

  private secretHash = () => this.keyed(this.config.webhook.secret);

  private keyed(text: string): Buffer<ArrayBuffer> {
    return Buffer.from(createHmac('sha256', this.config.vapi.apiKey).update(text).digest());
  }
}
