import { applyDecorators } from '@nestjs/common';
import { ApiBody } from '@nestjs/swagger';
import { PROVIDERS } from '@voxreach/contracts';

const refOf = (name: string) => `#/components/schemas/${name}`;

/** Documents the import's body: one schema a provider, told apart by `provider`. */
export const ApiImportBody = () =>
  applyDecorators(
    ApiBody({
      schema: {
        oneOf: Object.values(PROVIDERS).map(({ body }) => ({ $ref: refOf(body.name) })),
        discriminator: {
          propertyName: 'provider',
          mapping: Object.fromEntries(Object.values(PROVIDERS).map(({ id, body }) => [id, refOf(body.name)])),
        },
      },
    }),
  );
