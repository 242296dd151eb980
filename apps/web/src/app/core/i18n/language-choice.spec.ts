import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import { settle } from '../../../testing/settle';
import { AppearancePage } from '../../features/settings/appearance.page';
import { TimeAgoComponent } from '../../shared/ui/time-ago.component';
import { LanguageChoice } from './language-choice';
import { provideTranslations } from './provide-translations';
import { counted, t } from './translate';

async function open() {
  TestBed.configureTestingModule({
    providers: [provideTranslations(), provideRouter([{ path: '', component: AppearancePage }])],
  });
  const { routeNativeElement } = await RouterTestingHarness.create('/');
  const page = routeNativeElement as HTMLElement;
  const choose = async (name: string) => {
    const label = [...page.querySelectorAll('label')].find(({ textContent }) => textContent.trim() === name);
    label?.querySelector('input')?.click();
    await settle();
  };
  return { page, choose };
}

const heading = (page: HTMLElement) => page.querySelector('h1')?.textContent;

describe('The language', () => {
  // While the test's services are still there.
  afterEach(async () => {
    await TestBed.inject(LanguageChoice).choose('en');
    localStorage.clear();
  });

  it('turns the page when it is Arabic, and back', async () => {
    const { page, choose } = await open();
    expect(heading(page)).toBe('Appearance');
    const root = document.documentElement;

    await choose('العربية');
    expect([root.lang, root.dir, heading(page)]).toEqual(['ar', 'rtl', 'المظهر']);
    // A Latin name keeps its own direction within the line.
    expect(t('Join {organization}', { organization: 'Acme' })).toBe('الانضمام إلى \u2068Acme\u2069');

    await choose('English');
    expect([root.lang, root.dir, heading(page)]).toEqual(['en', 'ltr', 'Appearance']);
  });

  it('is kept for the next start', async () => {
    const { choose } = await open();
    await choose('Español');

    expect(localStorage.getItem('voxreach.language')).toBe('es');
  });

  it('counts as German does', async () => {
    const { choose } = await open();
    await choose('Deutsch');

    expect([0, 1, 2, 1_234].map((count) => counted('{count} numbers', count))).toEqual([
      '0 Nummern',
      '1 Nummer',
      '2 Nummern',
      '1.234 Nummern',
    ]);
  });

  it('has the forms for one, two, few and many in Arabic', async () => {
    const { choose } = await open();
    await choose('العربية');

    const forms = [0, 1, 2, 3, 11, 100].map((count) => counted('{count} numbers', count));
    expect(new Set(forms).size).toBe(6);
  });

  it('changes a time that is on the page already', async () => {
    TestBed.configureTestingModule({ providers: [provideTranslations()] });
    const { componentRef, nativeElement } = TestBed.createComponent(TimeAgoComponent);
    componentRef.setInput('time', new Date(Date.now() - 2 * 3_600_000).toISOString());
    componentRef.setInput('sentence', 'Created {when}.');
    await settle();
    expect((nativeElement as HTMLElement).textContent).toBe('Created 2 hours ago.');

    await TestBed.inject(LanguageChoice).choose('de');
    await settle();
    expect((nativeElement as HTMLElement).textContent).toBe('Erstellt: vor 2 Stunden.');
  });
});
