import { type ArgumentMetadata, Injectable, type PipeTransform, type ValidationPipe } from '@nestjs/common';
import { type AnyImportBody, ImportPhoneNumberBody, isProviderId, PROVIDERS } from '@voxreach/contracts';
import { dtoPipe } from '../common/dto.pipe';
import { JsonObjectPipe } from '../common/json-object.pipe';

/** Checks an import against the class of its provider; each has fields of its own. */
@Injectable()
export class ImportBodyPipe implements PipeTransform<unknown, Promise<AnyImportBody>> {
  private readonly isObject = new JsonObjectPipe();
  private readonly pipes: ReadonlyMap<unknown, ValidationPipe> = new Map(
    Object.values(PROVIDERS).map(({ id, body }) => [id, dtoPipe(body)]),
  );
  /** Names the fault of an unknown provider, and of what every import has. */
  private readonly fallback = dtoPipe(ImportPhoneNumberBody);

  async transform(value: unknown, metadata: ArgumentMetadata): Promise<AnyImportBody> {
    const { provider, ...rest } = this.isObject.transform(value) as { provider?: unknown };
    const pipe = this.pipes.get(provider);
    const body: unknown =
      pipe === undefined || !isProviderId(provider)
        ? await this.fallback.transform({ provider }, metadata)
        : await pipe.transform({ provider, ...rest }, metadata);
    return body as AnyImportBody;
  }
}
