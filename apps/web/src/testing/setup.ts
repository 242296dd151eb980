import 'reflect-metadata';
import { TestBed } from '@angular/core/testing';
import { TranslocoService } from '@jsverse/transloco';
import { setupZonelessTestEnv } from 'jest-preset-angular/setup-env/zoneless/index.mjs';
import { firstValueFrom } from 'rxjs';
import { provideTranslations } from '../app/core/i18n/provide-translations';

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

// As in a browser in which somebody has signed in.
beforeEach(() => {
  document.cookie = 'voxreach_signed_in=1';
});

// Words are looked up by plain functions too, which need the service that answers them to exist.
beforeAll(async () => {
  TestBed.configureTestingModule({ providers: [provideTranslations()] });
  const transloco = TestBed.inject(TranslocoService);
  await firstValueFrom(transloco.load('en'));
  TestBed.resetTestingModule();
});
