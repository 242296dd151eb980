import { Controller, Get, Res, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { ChangeEvent } from '@voxreach/contracts';
import type { FastifyReply } from 'fastify';
import { OrganizationId } from '../access/caller';
import { Requires } from '../access/route-access';
import { EventsService } from './events.service';

@ApiTags('Events')
@Controller('events')
export class EventsController {
  constructor(private readonly events: EventsService) {}

  /**
   * What changes in the organisation from now on, as server-sent events named `change` with a ChangeEvent. Ends after five minutes; open it
   * again then.
   */
  @Get()
  @Requires('numbers:read')
  @ApiProduces('text/event-stream')
  @ApiOkResponse({ type: ChangeEvent })
  stream(
    @OrganizationId() organizationId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): StreamableFile {
    // Proxies must not hold back what comes bit by bit.
    void reply.header('x-accel-buffering', 'no');
    return new StreamableFile(this.events.stream(organizationId), {
      type: 'text/event-stream; charset=utf-8',
    });
  }
}
