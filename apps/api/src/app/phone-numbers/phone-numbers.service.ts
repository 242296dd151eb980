import { Injectable } from '@nestjs/common';
import type { ListPhoneNumbersQuery, PhoneNumberPage, PhoneNumberResponse } from '@voxreach/contracts';
import { Prisma } from '../../generated/prisma/client';
import { notFound } from '../common/app-error';
import { decodeCursor, DEFAULT_PAGE_SIZE, toPage } from '../common/page';
import { AppConfig } from '../config/app-config';
import { PrismaService } from '../prisma/prisma.service';
import type { Transaction } from '../prisma/transaction';
import { etagOf } from './lock-phone-number';
import { cursorOf, listStatement, type PageOfNumbers } from './phone-number.list';
import {
  IS_VISIBLE,
  PHONE_NUMBER_ROWS,
  type PhoneNumberRow,
  toPhoneNumberResponse,
} from './phone-number.rows';
import { searchNumbers } from './phone-number.search';

/** A number and the tag of its version. */
export interface TaggedPhoneNumber {
  body: PhoneNumberResponse;
  etag: string;
}

/** Reads an organisation's numbers, from our database alone. */
@Injectable()
export class PhoneNumbersService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly config: AppConfig,
  ) {}

  /** @throws AppError VALIDATION_FAILED for a cursor that is not of this list */
  async list(organizationId: string, query: ListPhoneNumbersQuery): Promise<PhoneNumberPage> {
    const { limit = DEFAULT_PAGE_SIZE, sort = '-createdAt' } = query;
    const page = { query, sort, cursor: decodeCursor(query.cursor, sort), limit };
    const { rows, nextCursor } = toPage(await this.read(organizationId, page), limit, (row) =>
      cursorOf(row, sort),
    );
    return { items: rows.map((row) => toPhoneNumberResponse(row, this.config.vapi.sipHost)), nextCursor };
  }

  private read(organizationId: string, page: PageOfNumbers): Promise<PhoneNumberRow[]> {
    const { search } = page.query;
    if (!search) return this.prisma.read<PhoneNumberRow>(listStatement(organizationId, page));
    return this.prisma.$transaction(
      (tx) => searchNumbers(tx, organizationId, page, search),
      // What was found is still there when it is read.
      { isolationLevel: 'RepeatableRead' },
    );
  }

  /** @throws AppError NOT_FOUND */
  async get(organizationId: string, id: string, tx: Transaction = this.prisma): Promise<TaggedPhoneNumber> {
    const [row] = await tx.$queryRaw<PhoneNumberRow[]>(Prisma.sql`${PHONE_NUMBER_ROWS}
      WHERE p.organization_id = ${organizationId}::uuid AND p.id = ${id}::uuid AND ${IS_VISIBLE}`);
    if (row === undefined) throw notFound('phone number');
    return { body: toPhoneNumberResponse(row, this.config.vapi.sipHost), etag: etagOf(row.version) };
  }
}
