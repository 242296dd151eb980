export { allItems, type Page } from './all-items.ts';
export { createClient, type ClientOptions } from './create-client.ts';
export type { VoxReach } from './generated/sdk.gen.ts';
export type * from './generated/types.gen.ts';
export { VoxReachError } from './voxreach-error.ts';
