import { provideHttpClient, withInterceptors } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { provideRouter, Router, withComponentInputBinding } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import { aProblem, aSession } from '../../../testing/builders';
import { choose } from '../../../testing/fields';
import { settle } from '../../../testing/settle';
import { LanguageChoice } from '../../core/i18n/language-choice';
import { provideTranslations } from '../../core/i18n/provide-translations';
import { sessionInterceptor } from '../../core/session/session.interceptor';
import { SignInPage } from './sign-in.page';

async function open(url: string) {
  TestBed.configureTestingModule({
    providers: [
      provideRouter(
        [
          { path: 'sign-in', component: SignInPage },
          { path: '**', children: [] },
        ],
        withComponentInputBinding(),
      ),
      provideTranslations(),
      provideHttpClient(withInterceptors([sessionInterceptor])),
      provideHttpClientTesting(),
    ],
  });
  const harness = await RouterTestingHarness.create(url);
  const page = harness.routeNativeElement as HTMLElement;
  document.body.append(page);
  const field = (label: string) => {
    const found = [...page.querySelectorAll('label')].find((element) => element.textContent.trim() === label);
    return page.querySelector<HTMLInputElement>(`#${found?.htmlFor}`) as HTMLInputElement;
  };
  const type = (label: string, value: string) => {
    field(label).value = value;
    field(label).dispatchEvent(new Event('input'));
  };
  const submit = async () => {
    page.querySelector('form')?.dispatchEvent(new Event('submit'));
    await settle();
  };
  return { page, field, type, submit, server: TestBed.inject(HttpTestingController) };
}

describe('The sign-in page', () => {
  it('names what is missing beside each field, and takes the focus to the first', async () => {
    const { page, field, submit } = await open('/sign-in');
    await submit();

    expect(page.textContent).toContain('Enter the email address you registered with.');
    expect(page.textContent).toContain('Enter your password.');
    expect(document.activeElement).toBe(field('Email'));
    const described = field('Email').getAttribute('aria-describedby') ?? '';
    expect(page.querySelector(`#${described}`)?.textContent).toContain('Enter the email address');
  });

  it('leads to where the person wanted to go', async () => {
    const { type, submit, server } = await open('/sign-in?returnUrl=%2Fagents');
    type('Email', 'dana@acme.example');
    type('Password', 'correct horse');
    await submit();
    server.expectOne('/api/auth/login').flush(aSession('token'));
    await settle();

    expect(TestBed.inject(Router).url).toBe('/agents');
  });

  it('says in words that it was refused, and keeps no password', async () => {
    const { page, field, type, submit, server } = await open('/sign-in');
    type('Email', 'dana@acme.example');
    type('Password', 'wrong horse');
    await submit();
    expect(field('Password').value).toBe('');

    const { body, options } = aProblem(401, 'UNAUTHENTICATED', 'Email and password do not match an account.');
    server.expectOne('/api/auth/login').flush(body, options);
    await settle();

    expect(page.querySelector('[role=alert]')?.textContent).toContain('do not match an account');
    expect(field('Email').value).toBe('dana@acme.example');
  });

  it('asks for the code of a second factor and sends all of it together', async () => {
    const { page, field, type, submit, server } = await open('/sign-in?returnUrl=%2Fagents');
    type('Email', 'dana@acme.example');
    type('Password', 'correct horse');
    await submit();
    const { body, options } = aProblem(401, 'SECOND_FACTOR_REQUIRED', 'Enter the code.');
    server.expectOne('/api/auth/login').flush(body, options);
    await settle();
    expect(page.querySelector('h1')?.textContent).toBe('Enter your code');
    expect(document.activeElement).toBe(field('Code'));

    type('Code', ' 123456 ');
    await submit();
    const login = server.expectOne('/api/auth/login');
    expect(login.request.body).toEqual({
      email: 'dana@acme.example',
      password: 'correct horse',
      code: '123456',
    });
    login.flush(aSession('token'));
    await settle();
    expect(TestBed.inject(Router).url).toBe('/agents');
  });

  it('says at the code that it was wrong, and lets it be entered again', async () => {
    const { page, field, type, submit, server } = await open('/sign-in');
    type('Email', 'dana@acme.example');
    type('Password', 'correct horse');
    await submit();
    const missing = aProblem(401, 'SECOND_FACTOR_REQUIRED', 'Enter the code.');
    server.expectOne('/api/auth/login').flush(missing.body, missing.options);
    await settle();
    type('Code', '000000');
    await submit();
    const errors = [{ path: 'code', message: 'The code is wrong or was used already.' }];
    const wrong = aProblem(401, 'UNAUTHENTICATED', 'The code is wrong or was used already.', { errors });
    server.expectOne('/api/auth/login').flush(wrong.body, wrong.options);
    await settle();

    expect(page.textContent).toContain('The code is wrong or was used already.');
    expect(field('Code').value).toBe('');
    expect(document.activeElement).toBe(field('Code'));
  });

  it('is there in the languages that people know by their names', async () => {
    const { page, field } = await open('/sign-in');
    await settle();
    const select = field('Language') as unknown as HTMLSelectElement;
    expect([...select.options].map(({ text }) => text)).toEqual(['English', 'Deutsch', 'Español', 'العربية']);
    choose(select, 'de');
    await settle();

    expect(page.querySelector('h1')?.textContent).toBe('Anmelden');
    expect(field('Passwort')).not.toBeNull();
    await TestBed.inject(LanguageChoice).choose('en');
  });
});
