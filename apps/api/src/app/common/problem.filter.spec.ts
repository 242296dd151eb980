import 'reflect-metadata';
import {
  Controller,
  Get,
  HttpException,
  Logger,
  Module,
  Param,
  Post,
  type LoggerService,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { ERROR_CODES, HTTP_STATUS_OF, type ErrorCode } from '@voxreach/contracts';
import { VapiError, type VapiErrorKind } from '../vapi/vapi.error';
import { AppError, inUse, notFound } from './app-error';
import { ProblemFilter } from './problem.filter';

/** What the next request meets. */
let thrown: unknown;

@Controller()
class ThrowingController {
  @Get('throw')
  throw(): never {
    throw thrown;
  }

  @Post('echo/:id')
  echo(@Param('id') id: string): object {
    return { id };
  }
}

@Module({ controllers: [ThrowingController] })
class ThrowingModule {}

const logged: unknown[][] = [];
const ignore = () => undefined;
const keeper: LoggerService = {
  log: ignore,
  warn: ignore,
  error: (...line: unknown[]) => void logged.push(line),
};

let app: NestFastifyApplication;

beforeAll(async () => {
  const adapter = new FastifyAdapter({ bodyLimit: 100, genReqId: () => 'request-7' });
  app = await NestFactory.create<NestFastifyApplication>(ThrowingModule, adapter, { logger: false });
  app.useGlobalFilters(new ProblemFilter(() => Promise.resolve()));
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  Logger.overrideLogger(keeper);
});
beforeEach(() => void logged.splice(0));
afterAll(() => app.close());

const answerTo = async (error: unknown) => {
  thrown = error;
  const response = await app.inject({ url: '/throw' });
  return {
    status: response.statusCode,
    headers: response.headers,
    body: response.json<Record<string, unknown>>(),
  };
};

const vapiError = (kind: VapiErrorKind, more: { retryAfterSeconds?: number; messages?: string[] } = {}) =>
  new VapiError({ kind, operation: 'POST /phone-number', mayHaveActed: false, ...more });

describe('a database without a free connection', () => {
  it.each([
    'timeout exceeded when trying to connect',
    'Transaction API error: Unable to start a transaction in the given time.',
  ])('is worth another try: %s', async (message) => {
    const { status, headers, body } = await answerTo(new Error(message));
    expect([status, body['code'], headers['retry-after']]).toEqual([503, 'UPSTREAM_UNAVAILABLE', '5']);
  });
});

describe('an error of ours', () => {
  it.each(ERROR_CODES.map((code): [ErrorCode, number] => [code, HTTP_STATUS_OF[code]]))(
    'with the code %s is a problem with the status %d',
    async (code, status) => {
      const { body, headers, ...answer } = await answerTo(new AppError(code, 'What happened.'));
      expect(answer.status).toBe(status);
      expect(headers['content-type']).toMatch(/^application\/problem\+json/);
      expect(body).toEqual({
        type: 'about:blank',
        title: expect.stringMatching(/^[A-Z]/) as unknown,
        status,
        detail: 'What happened.',
        code,
        requestId: 'request-7',
      });
    },
  );

  it('names the fields that were refused', async () => {
    const errors = [{ path: 'credential.gateways.0.port', message: 'A port is at least 1.' }];
    const { body } = await answerTo(new AppError('VALIDATION_FAILED', 'No.', { errors }));
    expect(body['errors']).toEqual(errors);
  });

  it('names what uses the thing that cannot be deleted', async () => {
    const usedBy = ['One', 'Two', 'Three', 'Four'].map((name, index) => ({ id: String(index), name }));
    const { body } = await answerTo(inUse('credential', usedBy));
    expect(body).toMatchObject({
      code: 'CONFLICT',
      usedBy,
      detail:
        'This credential is used by phone numbers: One, Two, Three and others. Remove or change them first.',
    });
  });

  it('says in the singular that one number uses it', async () => {
    const { body } = await answerTo(inUse('agent', [{ id: '1', name: 'One' }]));
    expect(body['detail']).toBe('This agent is used by a phone number: One. Remove or change it first.');
  });

  it('tells nothing of whose a missing thing is', async () => {
    const { body, status } = await answerTo(notFound('phone number'));
    expect([status, body['detail']]).toEqual([404, 'There is no such phone number in your organisation.']);
  });

  it('carries Retry-After in whole seconds, rounded up', async () => {
    const { headers } = await answerTo(
      new AppError('RATE_LIMITED', 'Slow down.', { retryAfterSeconds: 1.2 }),
    );
    expect(headers['retry-after']).toBe('2');
  });

  it('keeps its cause to itself', async () => {
    const { body } = await answerTo(new AppError('CONFLICT', 'No.', { cause: new Error('hidden') }));
    expect(JSON.stringify(body)).not.toContain('hidden');
  });
});

describe('a failure of Vapi', () => {
  it('that refuses the input is 422 with its words', async () => {
    const { status, body } = await answerTo(vapiError('rejected', { messages: ['One.', 'Two.'] }));
    expect([status, body['code'], body['detail']]).toEqual([422, 'PROVIDER_REJECTED', 'One. Two.']);
  });

  it('that refuses without words is 422 all the same', async () => {
    const { status, body } = await answerTo(vapiError('rejected'));
    expect([status, body['detail']]).toEqual([422, 'Vapi refused this request.']);
  });

  it.each<VapiErrorKind>(['account', 'not_found', 'failed', 'timeout', 'network', 'malformed'])(
    'of kind %s is an outage like any other, without its words',
    async (kind) => {
      const { status, body } = await answerTo(vapiError(kind, { messages: ['Your key is wrong'] }));
      expect(status).toBe(503);
      expect(body).toMatchObject({
        code: 'UPSTREAM_UNAVAILABLE',
        detail:
          'The voice platform cannot be reached at the moment. Nothing was changed. Try again in a moment.',
      });
      expect(JSON.stringify(body)).not.toContain('key');
    },
  );

  it('that limits us is 503 with its Retry-After', async () => {
    const { status, headers, body } = await answerTo(vapiError('rate_limited', { retryAfterSeconds: 7 }));
    expect([status, headers['retry-after']]).toEqual([503, '7']);
    expect(body['detail']).toContain('too many requests');
  });
});

describe('what the framework refuses', () => {
  const post = async (payload: string, contentType: string, url = '/echo/7') => {
    const response = await app.inject({
      method: 'POST',
      url,
      payload,
      headers: { 'content-type': contentType },
    });
    return { status: response.statusCode, code: response.json<{ code: string }>().code, text: response.body };
  };

  it('as broken JSON is 400, without quoting it', async () => {
    const answer = await post('{"secret":"abc', 'application/json');
    expect(answer).toMatchObject({ status: 400, code: 'VALIDATION_FAILED' });
    expect(answer.text).not.toContain('abc');
  });

  it('as too large is 413', async () => {
    expect(await post(JSON.stringify('x'.repeat(200)), 'application/json')).toMatchObject({
      status: 413,
      code: 'PAYLOAD_TOO_LARGE',
    });
  });

  it('as another media type is 415', async () => {
    expect(await post('<x/>', 'application/xml')).toMatchObject({
      status: 415,
      code: 'UNSUPPORTED_MEDIA_TYPE',
    });
  });

  it('as an unknown address is 404, without quoting it', async () => {
    const response = await app.inject({ url: '/secret-path' });
    expect([response.statusCode, response.json<{ code: string }>().code]).toEqual([404, 'NOT_FOUND']);
    expect(response.body).not.toContain('secret-path');
  });

  it.each([
    [405, 404, 'NOT_FOUND'],
    [414, 400, 'VALIDATION_FAILED'],
    [431, 400, 'VALIDATION_FAILED'],
    [418, 500, 'INTERNAL'],
    [500, 500, 'INTERNAL'],
  ])('with %d is answered as %d', async (given, status, code) => {
    const answer = await answerTo(new HttpException('its own words', given));
    expect([answer.status, answer.body['code']]).toEqual([status, code]);
    expect(JSON.stringify(answer.body)).not.toContain('its own words');
  });
});

describe('anything unexpected', () => {
  it.each([
    ['an error', new Error('password is abc')],
    ['a text', 'password is abc'],
    ['nothing', undefined],
    ['null', null],
    ['an object with a status that is no number', Object.assign(new Error('abc'), { statusCode: '404' })],
  ])('is 500 without its words, and in the log under the id: %s', async (_what, error) => {
    const { status, body } = await answerTo(error);
    expect([status, body['code']]).toEqual([500, 'INTERNAL']);
    expect(JSON.stringify(body)).not.toContain('abc');
    expect(logged[0]?.[0]).toMatchObject({ err: error, requestId: 'request-7' });
  });

  it('is the only thing that is logged as an error', async () => {
    await answerTo(new AppError('CONFLICT', 'No.'));
    await answerTo(vapiError('failed'));
    await answerTo(new HttpException('x', 404));
    expect(logged).toEqual([]);
  });
});
