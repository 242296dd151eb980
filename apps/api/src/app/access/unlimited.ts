import { SetMetadata } from '@nestjs/common';

export const IS_UNLIMITED = 'isUnlimited';

/** Takes a route out of the rate limit: its callers are machines that come in crowds. */
export const Unlimited = () => SetMetadata(IS_UNLIMITED, true);
