import type { HarnessLoader } from '@angular/cdk/testing';
import { TestbedHarnessEnvironment } from '@angular/cdk/testing/testbed';
import {
  HttpClient,
  type HttpErrorResponse,
  provideHttpClient,
  withInterceptors,
} from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { Component } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { MatButtonHarness } from '@angular/material/button/testing';
import { MATERIAL_ANIMATIONS } from '@angular/material/core';
import { MatDialogHarness } from '@angular/material/dialog/testing';
import { firstValueFrom } from 'rxjs';
import { aMe, aProblem, aSession } from '../../../testing/builders';
import { fieldOf, typeInto } from '../../../testing/fields';
import { settle } from '../../../testing/settle';
import { Session } from './session';
import { stepUpInterceptor } from './step-up.interceptor';

const KEYS = '/api/api-keys';
const STEP_UP = '/api/auth/step-up';
const needed = aProblem(403, 'STEP_UP_REQUIRED', 'Confirm who you are.');

@Component({ selector: 'app-empty', template: '' })
class EmptyComponent {}

async function start({ hasSecondFactor = false } = {}) {
  TestBed.configureTestingModule({
    providers: [
      provideHttpClient(withInterceptors([stepUpInterceptor])),
      provideHttpClientTesting(),
      { provide: MATERIAL_ANIMATIONS, useValue: { animationsDisabled: true } },
    ],
  });
  const server = TestBed.inject(HttpTestingController);
  const signedIn = TestBed.inject(Session).signIn({ email: 'dana@acme.example', password: 'correct horse' });
  server.expectOne('/api/auth/login').flush(aSession('token'));
  await signedIn;
  server.expectOne('/api/auth/me').flush(aMe({ hasSecondFactor }));
  const loader = TestbedHarnessEnvironment.documentRootLoader(TestBed.createComponent(EmptyComponent));
  return { server, loader, http: TestBed.inject(HttpClient) };
}

/** The dialog is loaded when it is needed, which takes a moment. */
async function dialogOf(loader: HarnessLoader): Promise<MatDialogHarness> {
  await import('../../features/auth/step-up');
  await settle();
  return loader.getHarness(MatDialogHarness);
}

const press = async (dialog: MatDialogHarness, text: string) =>
  (await dialog.getHarness(MatButtonHarness.with({ text }))).click();

describe('What needs a fresh proof of who one is', () => {
  it('asks for the password and then does what was asked for', async () => {
    const { server, loader, http } = await start();
    const made = firstValueFrom(http.post(KEYS, { name: 'CI' }));
    server.expectOne(KEYS).flush(needed.body, needed.options);
    const dialog = await dialogOf(loader);
    typeInto('Your password', 'correct horse');
    await press(dialog, 'Confirm');
    expect(fieldOf('Your password').value).toBe('');

    const proof = server.expectOne(STEP_UP);
    expect(proof.request.body).toEqual({ password: 'correct horse' });
    proof.flush({ expiresAt: '2027-01-01T00:00:00Z' });
    await settle();
    const repeated = server.expectOne(KEYS);
    expect(repeated.request.body).toEqual({ name: 'CI' });
    repeated.flush({ id: 'key' });
    expect(await made).toEqual({ id: 'key' });
    expect(await loader.getAllHarnesses(MatDialogHarness)).toHaveLength(0);
  });

  it('asks once for several requests, and repeats all of them', async () => {
    const { server, loader, http } = await start();
    const answers = ['/api/one', '/api/two'].map((url) => firstValueFrom(http.delete(url)));
    for (const url of ['/api/one', '/api/two']) server.expectOne(url).flush(needed.body, needed.options);
    const dialog = await dialogOf(loader);
    expect(await loader.getAllHarnesses(MatDialogHarness)).toHaveLength(1);
    typeInto('Your password', 'correct horse');
    await press(dialog, 'Confirm');
    server.expectOne(STEP_UP).flush({ expiresAt: '2027-01-01T00:00:00Z' });
    await settle();
    for (const url of ['/api/one', '/api/two']) server.expectOne(url).flush({ url });

    expect(await Promise.all(answers)).toEqual([{ url: '/api/one' }, { url: '/api/two' }]);
  });

  it('takes a code where there is a second factor, or the password all the same', async () => {
    const { server, loader, http } = await start({ hasSecondFactor: true });
    http.delete(KEYS).subscribe({ error: () => undefined });
    server.expectOne(KEYS).flush(needed.body, needed.options);
    const dialog = await dialogOf(loader);
    typeInto('Code', '123456');
    await press(dialog, 'Confirm');
    const proof = server.expectOne(STEP_UP);
    expect(proof.request.body).toEqual({ code: '123456' });
    const errors = [{ path: 'code', message: 'The code is wrong or was used already.' }];
    const refused = aProblem(403, 'FORBIDDEN', 'The code is wrong or was used already.', { errors });
    proof.flush(refused.body, refused.options);
    await settle();
    expect(await dialog.getText()).toContain('The code is wrong or was used already.');
    expect(document.activeElement).toBe(fieldOf('Code'));

    document.querySelector<HTMLButtonElement>('mat-dialog-container .link-button')?.click();
    await settle();
    expect(fieldOf('Your password').value).toBe('');
    await press(dialog, 'Cancel');
  });

  it('fails with words that say so when the person does not confirm', async () => {
    const { server, loader, http } = await start();
    const failed = firstValueFrom(http.delete(KEYS)).catch((error: HttpErrorResponse) => error);
    server.expectOne(KEYS).flush(needed.body, needed.options);
    await press(await dialogOf(loader), 'Cancel');

    const error = (await failed) as HttpErrorResponse;
    expect(error.status).toBe(403);
    expect(error.error).toMatchObject({ code: 'STEP_UP_REQUIRED', requestId: 'request' });
    expect((error.error as { detail: string }).detail).toContain('you did not confirm that it is you');
    server.expectNone(KEYS);
  });

  it('is told apart from what a role may never do', async () => {
    const { server, loader, http } = await start();
    const failed = firstValueFrom(http.delete(KEYS)).catch((error: HttpErrorResponse) => error.status);
    const forbidden = aProblem(403, 'FORBIDDEN', 'Your role does not allow this.');
    server.expectOne(KEYS).flush(forbidden.body, forbidden.options);

    expect(await failed).toBe(403);
    expect(await loader.getAllHarnesses(MatDialogHarness)).toHaveLength(0);
  });
});
