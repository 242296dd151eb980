import { Controller, Get, Query, Res, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { AuditPage, ListAuditQuery } from '@voxreach/contracts';
import type { FastifyReply } from 'fastify';
import { OrganizationId } from '../access/caller';
import { Attempts, Requires } from '../access/route-access';
import { csvExport } from '../common/csv-export';
import { inOrganization } from '../prisma/scope';
import { AUDIT_COLUMNS } from './audit-columns';
import { AuditEntriesService } from './audit-entries.service';
import { AuditService } from './audit.service';

@ApiTags('Audit trail')
@Requires('audit:read')
@Controller('audit')
export class AuditController {
  constructor(
    private readonly entries: AuditEntriesService,
    private readonly trail: AuditService,
  ) {}

  @Get()
  @ApiOkResponse({ type: AuditPage })
  list(@OrganizationId() organizationId: string, @Query() query: ListAuditQuery): Promise<AuditPage> {
    return this.entries.list(organizationId, query);
  }

  /** The same entries as CSV, newest first, 100,000 at most. */
  @Get('export')
  @Attempts('audit.export')
  @ApiProduces('text/csv')
  @ApiOkResponse({ schema: { type: 'string' } })
  async export(
    @OrganizationId() organizationId: string,
    @Query() { limit: _limit, cursor: _cursor, ...filters }: ListAuditQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    await this.trail.exported(organizationId, 'audit.export', filters);
    return csvExport(reply, 'activity', AUDIT_COLUMNS, (page) =>
      inOrganization(organizationId, () => this.entries.list(organizationId, { ...filters, ...page })),
    );
  }
}
