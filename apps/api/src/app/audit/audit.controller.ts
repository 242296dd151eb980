import { Readable } from 'node:stream';
import { Controller, Get, Query, Res, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { AuditPage, ListAuditQuery } from '@voxreach/contracts';
import type { FastifyReply } from 'fastify';
import { OrganizationId } from '../access/caller';
import { Requires } from '../access/route-access';
import { inOrganization } from '../prisma/scope';
import { CSV_HEADER, csvLine } from './audit-csv';
import { AuditEntriesService } from './audit-entries.service';

/** Entries that the export reads at a time. */
const EXPORT_PAGE = 100;

/** Entries in one export at most: more are a matter for filters. */
const LONGEST_EXPORT = 100_000;

@ApiTags('Audit trail')
@Requires('audit:read')
@Controller('audit')
export class AuditController {
  constructor(private readonly entries: AuditEntriesService) {}

  @Get()
  @ApiOkResponse({ type: AuditPage })
  list(@OrganizationId() organizationId: string, @Query() query: ListAuditQuery): Promise<AuditPage> {
    return this.entries.list(organizationId, query);
  }

  /** The same entries as CSV, newest first, 100,000 at most. */
  @Get('export')
  @ApiProduces('text/csv')
  @ApiOkResponse({ schema: { type: 'string' } })
  export(
    @OrganizationId() organizationId: string,
    @Query() { limit: _limit, cursor: _cursor, ...filters }: ListAuditQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): StreamableFile {
    void reply.header('content-disposition', 'attachment; filename="activity.csv"');
    return new StreamableFile(Readable.from(this.lines(organizationId, filters)), {
      type: 'text/csv; charset=utf-8',
    });
  }

  /** Page after page, as the client takes them. */
  private async *lines(organizationId: string, filters: ListAuditQuery): AsyncGenerator<string> {
    yield CSV_HEADER;
    let cursor: string | undefined;
    for (let count = 0; count < LONGEST_EXPORT; count += EXPORT_PAGE) {
      const query = { ...filters, limit: EXPORT_PAGE, ...(cursor === undefined ? {} : { cursor }) };
      // The stream runs on after the request's own scope has ended.
      const page = await inOrganization(organizationId, () => this.entries.list(organizationId, query));
      yield page.items.map(csvLine).join('');
      if (page.nextCursor === null) return;
      cursor = page.nextCursor;
    }
  }
}
