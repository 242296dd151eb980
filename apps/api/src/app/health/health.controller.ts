import { setTimeout as wait } from 'node:timers/promises';
import { Controller, Get, Res } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Public } from '../access/route-access';
import { Unlimited } from '../access/unlimited';
import { PrismaService } from '../prisma/prisma.service';
import { asJobs } from '../prisma/scope';
import { StopService } from '../stop/stop.service';

/** How long the database may take to show that it is there, in milliseconds. */
const PATIENCE_MS = 2_000;

interface Health {
  status: 'ok' | 'unavailable';
}

@ApiTags('Health')
@Public()
@Unlimited()
@Controller('health')
export class HealthController {
  constructor(
    private readonly prisma: PrismaService,
    private readonly stop: StopService,
  ) {}

  /** The process answers. */
  @Get('live')
  @ApiOkResponse({ schema: { type: 'object', properties: { status: { type: 'string' } } } })
  live(): Health {
    return { status: 'ok' };
  }

  /** The process can serve requests: its database answers, and it is not about to stop. 503 otherwise. */
  @Get('ready')
  @ApiOkResponse({ schema: { type: 'object', properties: { status: { type: 'string' } } } })
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<Health> {
    if (!this.stop.isStopping && (await this.hasDatabase())) return { status: 'ok' };
    void reply.status(503);
    return { status: 'unavailable' };
  }

  private async hasDatabase(): Promise<boolean> {
    const asked = asJobs(() => this.prisma.$queryRaw`SELECT 1`).then(
      () => true,
      () => false,
    );
    return Promise.race([asked, wait(PATIENCE_MS, false, { ref: false })]);
  }
}
