import {
  Body,
  Controller,
  Delete,
  Get,
  Headers,
  HttpCode,
  Param,
  Patch,
  Post,
  Query,
  Res,
  StreamableFile,
} from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiHeader,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiProduces,
  ApiTags,
} from '@nestjs/swagger';
import {
  type AnyImportBody,
  AuditPage,
  ListPhoneNumbersQuery,
  PageQuery,
  PhoneNumberPage,
  PhoneNumberResponse,
  RemovePhoneNumberQuery,
  UpdatePhoneNumberBody,
} from '@voxreach/contracts';
import type { FastifyReply } from 'fastify';
import { type Caller, CurrentCaller, OrganizationId } from '../access/caller';
import { refuseUnlessAllowed, refuseUnlessProven } from '../access/refuse';
import { Attempts, Requires } from '../access/route-access';
import { AuditEntriesService } from '../audit/audit-entries.service';
import { AuditService } from '../audit/audit.service';
import { csvExport } from '../common/csv-export';
import { inOrganization } from '../prisma/scope';
import { IdempotencyService } from '../idempotency/idempotency.service';
import { ApiImportBody } from './import-body.openapi';
import { ImportBodyPipe } from './import-body.pipe';
import { PHONE_NUMBER_COLUMNS } from './phone-number.columns';
import { PhoneNumberImportService } from './phone-number-import.service';
import { PhoneNumberRemovalService } from './phone-number-removal.service';
import { PhoneNumberSettlementService } from './phone-number-settlement.service';
import { PhoneNumberUpdateService } from './phone-number-update.service';
import { PhoneNumbersService, type TaggedPhoneNumber } from './phone-numbers.service';

const IF_MATCH = {
  name: 'If-Match',
  required: false,
  description: 'ETag of the version that the change is meant for.',
};

@ApiTags('Phone numbers')
@Controller('phone-numbers')
export class PhoneNumbersController {
  constructor(
    private readonly phoneNumbers: PhoneNumbersService,
    private readonly imports: PhoneNumberImportService,
    private readonly updates: PhoneNumberUpdateService,
    private readonly removals: PhoneNumberRemovalService,
    private readonly settlement: PhoneNumberSettlementService,
    private readonly idempotency: IdempotencyService,
    private readonly entries: AuditEntriesService,
    private readonly audit: AuditService,
  ) {}

  @Get()
  @Requires('numbers:read')
  @ApiOkResponse({ type: PhoneNumberPage })
  list(
    @OrganizationId() organizationId: string,
    @Query() query: ListPhoneNumbersQuery,
  ): Promise<PhoneNumberPage> {
    return this.phoneNumbers.list(organizationId, query);
  }

  /** The same numbers as CSV, in the same order, 100,000 at most. */
  @Get('export')
  @Requires('numbers:read')
  @Attempts('phone_number.export')
  @ApiProduces('text/csv')
  @ApiOkResponse({ schema: { type: 'string' } })
  async export(
    @OrganizationId() organizationId: string,
    @Query() { limit: _limit, cursor: _cursor, ...filters }: ListPhoneNumbersQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    await this.audit.exported(organizationId, 'phone_number.export', filters);
    return csvExport(reply, 'phone-numbers', PHONE_NUMBER_COLUMNS, (page) =>
      inOrganization(organizationId, () => this.phoneNumbers.list(organizationId, { ...filters, ...page })),
    );
  }

  @Get(':id')
  @Requires('numbers:read')
  @ApiOkResponse({ type: PhoneNumberResponse })
  async get(
    @OrganizationId() organizationId: string,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PhoneNumberResponse> {
    return answer(reply, await this.phoneNumbers.get(organizationId, id));
  }

  /** What was done with the number, and tried; the newest first. */
  @Get(':id/history')
  @Requires('audit:read')
  @ApiOkResponse({ type: AuditPage })
  async history(
    @OrganizationId() organizationId: string,
    @Param('id') id: string,
    @Query() query: PageQuery,
  ): Promise<AuditPage> {
    await this.phoneNumbers.get(organizationId, id);
    return this.entries.list(organizationId, { ...query, targetId: id });
  }

  /** Imports a number, or provisions a free one. */
  @Post()
  @Requires('numbers:write')
  @Attempts('phone_number.import')
  @ApiImportBody()
  @ApiHeader({
    name: 'Idempotency-Key',
    required: false,
    description: 'Up to 255 characters; repeats act once, for 24 hours.',
  })
  @ApiCreatedResponse({ type: PhoneNumberResponse })
  async import(
    @OrganizationId() organizationId: string,
    @Body(ImportBodyPipe) body: AnyImportBody,
    @Headers('idempotency-key') idempotencyKey: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PhoneNumberResponse> {
    const number = await this.idempotency.once<TaggedPhoneNumber>(
      organizationId,
      idempotencyKey,
      body,
      (settle) => this.imports.import(organizationId, body, settle),
    );
    return answer(reply, number);
  }

  @Patch(':id')
  @Requires('numbers:write')
  @Attempts('phone_number.update')
  @ApiHeader(IF_MATCH)
  @ApiOkResponse({ type: PhoneNumberResponse })
  async update(
    @OrganizationId() organizationId: string,
    @Param('id') id: string,
    @Body() body: UpdatePhoneNumberBody,
    @Headers('if-match') ifMatch: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PhoneNumberResponse> {
    await this.updates.update(organizationId, id, body, ifMatch);
    return answer(reply, await this.phoneNumbers.get(organizationId, id));
  }

  /**
   * For a number that needs attention: tries once more to settle what was interrupted. Answers with the number, or 204 when
   * settling it meant that it is gone.
   */
  @Post(':id/retry')
  @Requires('numbers:write')
  @Attempts('phone_number.retry')
  @HttpCode(200)
  @ApiOkResponse({ type: PhoneNumberResponse })
  @ApiNoContentResponse()
  async retry(
    @OrganizationId() organizationId: string,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PhoneNumberResponse | undefined> {
    const number = await this.settlement.retry(organizationId, id);
    if (number === undefined) void reply.status(204);
    return number && answer(reply, number);
  }

  @Delete(':id')
  @Requires('numbers:write')
  @Attempts('phone_number.remove')
  @HttpCode(204)
  @ApiHeader(IF_MATCH)
  @ApiNoContentResponse()
  remove(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Query() { deleteCredential = false }: RemovePhoneNumberQuery,
    @Headers('if-match') ifMatch: string | undefined,
  ): Promise<void> {
    if (deleteCredential) {
      refuseUnlessAllowed(caller, 'credentials:write');
      refuseUnlessProven(caller);
    }
    return this.removals.remove(caller.organizationId, id, ifMatch, deleteCredential);
  }
}

function answer(reply: FastifyReply, { body, etag }: TaggedPhoneNumber): PhoneNumberResponse {
  void reply.header('etag', etag);
  return body;
}
