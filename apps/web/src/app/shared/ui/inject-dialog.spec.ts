import { TestbedHarnessEnvironment } from '@angular/cdk/testing/testbed';
import { Component, type ProviderToken, Service } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { MATERIAL_ANIMATIONS } from '@angular/material/core';
import { MatSnackBarHarness } from '@angular/material/snack-bar/testing';
import { settle } from '../../../testing/settle';
import { injectDialog } from './inject-dialog';

@Service()
class Question {
  readonly answer = 42;
}

let load: () => Promise<ProviderToken<Question>>;

@Component({ selector: 'app-asking', template: '' })
class AskingComponent {
  readonly question = injectDialog(() => load());
}

function open() {
  TestBed.configureTestingModule({
    providers: [{ provide: MATERIAL_ANIMATIONS, useValue: { animationsDisabled: true } }],
  });
  const fixture = TestBed.createComponent(AskingComponent);
  const { question } = fixture.componentInstance;
  return { question, loader: TestbedHarnessEnvironment.documentRootLoader(fixture) };
}

describe('A dialog that is loaded when it is needed', () => {
  it('says so when it cannot be loaded, and is loaded the next time', async () => {
    load = () => Promise.reject(new TypeError('Failed to fetch dynamically imported module'));
    const { question, loader } = open();
    expect(await question()).toBeNull();
    await import('@angular/material/snack-bar');
    await settle();
    const bar = await loader.getHarness(MatSnackBarHarness);
    expect(await bar.getMessage()).toMatch(/^This part of the page could not be loaded\./);

    load = () => Promise.resolve(Question);
    expect((await question())?.answer).toBe(42);
  });
});
