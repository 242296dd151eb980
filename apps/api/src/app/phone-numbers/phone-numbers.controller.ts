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
} from '@nestjs/common';
import { ApiCreatedResponse, ApiHeader, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import {
  type AnyImportBody,
  ListPhoneNumbersQuery,
  PhoneNumberPage,
  PhoneNumberResponse,
  RemovePhoneNumberQuery,
  UpdatePhoneNumberBody,
} from '@voxreach/contracts';
import type { FastifyReply } from 'fastify';
import { OrganizationId } from '../auth/session';
import { IdempotencyService } from '../idempotency/idempotency.service';
import { ApiImportBody } from './import-body.openapi';
import { ImportBodyPipe } from './import-body.pipe';
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
  ) {}

  @Get()
  @ApiOkResponse({ type: PhoneNumberPage })
  list(
    @OrganizationId() organizationId: string,
    @Query() query: ListPhoneNumbersQuery,
  ): Promise<PhoneNumberPage> {
    return this.phoneNumbers.list(organizationId, query);
  }

  @Get(':id')
  @ApiOkResponse({ type: PhoneNumberResponse })
  async get(
    @OrganizationId() organizationId: string,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PhoneNumberResponse> {
    return answer(reply, await this.phoneNumbers.get(organizationId, id));
  }

  /** Imports a number, or provisions a free one. */
  @Post()
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
  @HttpCode(204)
  @ApiHeader(IF_MATCH)
  @ApiNoContentResponse()
  remove(
    @OrganizationId() organizationId: string,
    @Param('id') id: string,
    @Query() { deleteCredential = false }: RemovePhoneNumberQuery,
    @Headers('if-match') ifMatch: string | undefined,
  ): Promise<void> {
    return this.removals.remove(organizationId, id, ifMatch, deleteCredential);
  }
}

function answer(reply: FastifyReply, { body, etag }: TaggedPhoneNumber): PhoneNumberResponse {
  void reply.header('etag', etag);
  return body;
}
