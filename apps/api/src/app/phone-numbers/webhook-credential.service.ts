import { createHmac } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { leaseUntil } from '../common/lease';
import { taggedName } from '../common/vapi-name';
import { AppConfig } from '../config/app-config';
import { PrismaService } from '../prisma/prisma.service';
import { createOrFind } from '../vapi/create-or-find';
import { VapiCredentials } from '../vapi/vapi-credentials';

/** How often a process asks whether another one has finished making the credential, in milliseconds. */
const WAIT_MS = 200;

/**
 * The credential by which Vapi proves its webhooks to us: one for the whole installation, made when the first number needs it.
 * It belongs to no organisation and is shown to none.
 */
@Injectable()
export class WebhookCredentialService {
  private known: Promise<string> | undefined;

  constructor(
    private readonly prisma: PrismaService,
    private readonly vapi: VapiCredentials,
    private readonly config: AppConfig,
  ) {}

  /** Vapi's id of it. @throws VapiError */
  async vapiId(): Promise<string> {
    // Requests at the same time wait for one answer; a failure is not remembered.
    this.known ??= this.findOrCreate().catch((error: unknown) => {
      this.known = undefined;
      throw error;
    });
    return this.known;
  }

  private async findOrCreate(): Promise<string> {
    const fingerprint = this.fingerprint();
    for (;;) {
      const row = await this.prisma.webhookCredential.findUnique({ where: { fingerprint } });
      if (row?.vapiCredentialId != null) return row.vapiCredentialId;
      const isBusy = row?.leaseUntil != null && row.leaseUntil > new Date();
      if (!isBusy && (await this.claim(fingerprint, row?.leaseUntil)))
        return this.create(fingerprint, row !== null);
      await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
    }
  }

  /** True when this process, and no other, may make it now. */
  private async claim(
    fingerprint: Buffer<ArrayBuffer>,
    leasedBefore: Date | null | undefined,
  ): Promise<boolean> {
    const lease = leaseUntil(this.config);
    if (leasedBefore === undefined) {
      const { count } = await this.prisma.webhookCredential.createMany({
        data: [{ fingerprint, leaseUntil: lease }],
        skipDuplicates: true,
      });
      return count === 1;
    }
    const { count } = await this.prisma.webhookCredential.updateMany({
      where: { fingerprint, leaseUntil: leasedBefore, vapiCredentialId: null },
      data: { leaseUntil: lease },
    });
    return count === 1;
  }

  private async create(fingerprint: Buffer<ArrayBuffer>, mayExist: boolean): Promise<string> {
    const { id } = await this.prisma.webhookCredential.findUniqueOrThrow({ where: { fingerprint } });
    try {
      const made = mayExist ? await this.vapi.find(id) : undefined;
      const credential =
        made ??
        (await createOrFind(
          () => this.vapi.create(this.payload(id)),
          () => this.vapi.find(id),
        ));
      await this.prisma.webhookCredential.update({
        where: { fingerprint },
        data: { vapiCredentialId: credential.id, leaseUntil: null },
      });
      return credential.id;
    } catch (error) {
      // The row stays: what may have been made will be found by its mark at the next try, which may come at once.
      await this.prisma.webhookCredential.updateMany({ where: { fingerprint }, data: { leaseUntil: null } });
      throw error;
    }
  }

  private payload(id: string) {
    return {
      provider: 'webhook' as const,
      name: taggedName('VoxReach webhooks', id),
      authenticationPlan: {
        type: 'bearer' as const,
        token: this.config.webhook.secret,
        headerName: 'X-Vapi-Secret',
        bearerPrefixEnabled: false,
      },
    };
  }

  /** Another secret, key or address of Vapi needs another credential. */
  private fingerprint(): Buffer<ArrayBuffer> {
    const { webhook, vapi, hashKey } = this.config;
    return Buffer.from(
      createHmac('sha256', hashKey)
        .update(JSON.stringify([webhook.secret, vapi.baseUrl, vapi.apiKey]))
        .digest(),
    );
  }
}
