import 'reflect-metadata';
import { AppError } from '../common/app-error';
import { ImportBodyPipe } from './import-body.pipe';

const pipe = new ImportBodyPipe();
const transform = (body: unknown) => pipe.transform(body, { type: 'body' });

const refusalOf = async (body: unknown): Promise<AppError> => {
  const outcome: unknown = await transform(body).catch((error: unknown) => error);
  if (!(outcome instanceof AppError)) throw new Error('The body was not refused');
  return outcome;
};

describe('the body of an import', () => {
  it.each([undefined, null, '', 'byo-sip-trunk', 'Twilio', 'toString', '__proto__', ['twilio'], 0, {}])(
    'is refused at its provider when that is %j',
    async (provider) => {
      const { code, errors } = await refusalOf({ provider, number: '+14155550100' });
      expect(code).toBe('VALIDATION_FAILED');
      expect(errors).toEqual([
        {
          path: 'provider',
          message: 'Choose one of the providers: twilio, vonage, telnyx, byo-phone-number, vapi.',
        },
      ]);
    },
  );

  it.each([undefined, null, 'x', 7, true, [], [{ provider: 'vapi' }]])(
    'is refused when it is no object: %j',
    async (body) => {
      expect((await refusalOf(body)).code).toBe('VALIDATION_FAILED');
    },
  );

  it('is held to the class of its provider', async () => {
    const { errors } = await refusalOf({ provider: 'twilio', number: '4155550100', areaCode: '415' });
    expect(errors?.map(({ path }) => path).toSorted()).toEqual(['areaCode', 'credential', 'number']);
  });

  it('comes out as it went in, without the blanks around texts', async () => {
    expect(await transform({ provider: 'vapi', areaCode: ' 415 ', name: ' Lab ' })).toEqual({
      provider: 'vapi',
      areaCode: '415',
      name: 'Lab',
    });
  });
});
