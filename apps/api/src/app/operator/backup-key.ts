import { createHmac } from 'node:crypto';
import type { AppConfig } from '../config/app-config';

/** By which a restore notices that JWT_SECRET is another one. */
export const backupKey = ({ hashKey }: AppConfig): string =>
  createHmac('sha256', hashKey).update('voxreach backup').digest('hex').slice(0, 16);
