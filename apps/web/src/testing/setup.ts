import 'reflect-metadata';
import { setupZonelessTestEnv } from 'jest-preset-angular/setup-env/zoneless/index.mjs';

// jsdom has none of these; the pages only need them to exist.
class QuietChannel {
  postMessage(): void {
    return;
  }
  addEventListener(): void {
    return;
  }
  close(): void {
    return;
  }
}
globalThis.BroadcastChannel ??= QuietChannel as unknown as typeof BroadcastChannel;

setupZonelessTestEnv();
