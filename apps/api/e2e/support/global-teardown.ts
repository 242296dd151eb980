import { rmSync } from 'node:fs';
import { TEMPLATE_VARIABLE } from './test-database';

export default function tearDown(): void {
  const template = process.env[TEMPLATE_VARIABLE];
  if (template !== undefined) rmSync(template, { recursive: true, force: true });
}
