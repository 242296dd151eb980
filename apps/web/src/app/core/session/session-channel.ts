import { DestroyRef, inject, Service } from '@angular/core';

/** Tells the other tabs of this browser who is signed in now; null for nobody. */
@Service()
export class SessionChannel {
  private readonly channel = new BroadcastChannel('voxreach.session');

  constructor() {
    inject(DestroyRef).onDestroy(() => this.channel.close());
  }

  announce(identity: string | null): void {
    this.channel.postMessage(identity);
  }

  onChange(listener: (identity: string | null) => void): void {
    this.channel.addEventListener('message', ({ data }: MessageEvent<string | null>) => listener(data));
  }
}
