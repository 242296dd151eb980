import { resolve } from 'node:path';
import { AuditService } from '../audit/audit.service';
import { Passwords } from '../auth/passwords';
import { SealingService } from '../auth/sealing.service';
import { type AppConfig, createAppConfig } from '../config/app-config';
import type { Environment } from '../config/environment';
import { OrganizationsService } from '../organizations/organizations.service';
import { ClaimsService } from '../prisma/claims.service';
import { type CommandDatabase, openForCommand } from '../prisma/command-database';
import { PrismaService } from '../prisma/prisma.service';
import { asIdentity } from '../prisma/scope';
import { OperatorError } from './operator-error';

/** Where a command's words go. */
export interface Terminal {
  /** Results. */
  say(text: string): void;
  /** What is no result: warnings, and words beside a result that is read by a program. */
  note(text: string): void;
}

/** What commands work with: some of the server's services, put together by hand, since no part of the server is to run here. */
export class Operator {
  readonly prisma: PrismaService;
  readonly audit: AuditService;
  readonly organizations: OrganizationsService;
  readonly claims: ClaimsService;
  readonly sealing: SealingService;
  readonly passwords: Passwords;

  constructor(
    readonly database: CommandDatabase,
    readonly config: AppConfig,
    readonly terminal: Terminal,
  ) {
    this.prisma = new PrismaService(database);
    this.audit = new AuditService(this.prisma);
    this.organizations = new OrganizationsService(this.prisma, this.audit);
    this.claims = new ClaimsService(this.prisma, config);
    this.sealing = new SealingService(config);
    this.passwords = new Passwords(this.sealing);
  }

  /** @throws DatabaseRefusedError */
  static async open(environment: Environment, terminal: Terminal, mayBegin: boolean): Promise<Operator> {
    // First, since it may be refused: the configuration makes up secrets in the data folder where none are set.
    const place = { databaseUrl: environment.DATABASE_URL, dataDir: resolve(environment.DATA_DIR) };
    const database = await openForCommand(place, { mayBegin });
    const config = createAppConfig(environment, {
      apiKey: environment.VAPI_API_KEY ?? '',
      baseUrl: environment.VAPI_BASE_URL,
    });
    return new Operator(database, config, terminal);
  }

  /**
   * Before something is sealed that the servers have to open.
   * @throws OperatorError when what is sealed already opens with neither of our secrets
   */
  async refuseForeignSecret(): Promise<void> {
    const somebody = await asIdentity(() =>
      this.prisma.user.findFirst({ select: { id: true, passwordHash: true } }),
    );
    if (somebody === null) return;
    const { outcome } = this.sealing.renew('passwordHashes', somebody.id, somebody.passwordHash);
    if (outcome === 'unreadable')
      throw new OperatorError(
        'JWT_SECRET is not the one of this installation, so nobody could sign in with what is made here. Set the one that the servers have. Nothing was changed.',
      );
  }

  close(): Promise<void> {
    return this.prisma.onApplicationShutdown();
  }
}
