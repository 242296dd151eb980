import { Controller, Get, Res } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Public } from '../auth/session';
import { Unlimited } from '../auth/unlimited';
import { PrismaService } from '../prisma/prisma.service';

interface Health {
  status: 'ok' | 'unavailable';
}

@ApiTags('Health')
@Public()
@Unlimited()
@Controller('health')
export class HealthController {
  constructor(private readonly prisma: PrismaService) {}

  /** The process answers. */
  @Get('live')
  @ApiOkResponse({ schema: { type: 'object', properties: { status: { type: 'string' } } } })
  live(): Health {
    return { status: 'ok' };
  }

  /** The process can serve requests: its database answers. 503 otherwise. */
  @Get('ready')
  @ApiOkResponse({ schema: { type: 'object', properties: { status: { type: 'string' } } } })
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<Health> {
    try {
      await this.prisma.$queryRaw`SELECT 1`;
      return { status: 'ok' };
    } catch {
      void reply.status(503);
      return { status: 'unavailable' };
    }
  }
}
