import { type ArgumentMetadata, Injectable, type PipeTransform, type ValidationPipe } from '@nestjs/common';
import { type AnyImportBody, PROVIDER_IDS, PROVIDERS } from '@voxreach/contracts';
import { dtoPipe, validationFailed } from '../common/dto.pipe';
import { JsonObjectPipe } from '../common/json-object.pipe';

/** Checks an import against the class of its provider; each has fields of its own. */
@Injectable()
export class ImportBodyPipe implements PipeTransform<unknown, Promise<AnyImportBody>> {
  private readonly isObject = new JsonObjectPipe();
  private readonly pipes: ReadonlyMap<unknown, ValidationPipe> = new Map(
    Object.values(PROVIDERS).map(({ id, body }) => [id, dtoPipe(body)]),
  );

  async transform(value: unknown, metadata: ArgumentMetadata): Promise<AnyImportBody> {
    const body = this.isObject.transform(value) as { provider?: unknown };
    const pipe = this.pipes.get(body.provider);
    if (pipe === undefined) {
      const message = `Choose one of the providers: ${PROVIDER_IDS.join(', ')}.`;
      throw validationFailed([{ path: 'provider', message }]);
    }
    return (await pipe.transform(body, metadata)) as AnyImportBody;
  }
}
