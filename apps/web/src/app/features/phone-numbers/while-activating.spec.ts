import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { jest } from '@jest/globals';
import { aNumber } from '../../../testing/builders';
import { NumberChanges } from './number-changes';
import { refreshWhileActivating } from './while-activating';

const PERIOD = 3_000;

function watch(...given: Parameters<typeof aNumber>[0][]) {
  TestBed.configureTestingModule({ providers: [provideHttpClient(), provideHttpClientTesting()] });
  const numbers = signal(given.map((fields) => aNumber(fields)));
  TestBed.inject(NumberChanges).changed.subscribe(({ value }) =>
    numbers.update((all) => all.map((number) => (number.id === value.id ? value : number))),
  );
  TestBed.runInInjectionContext(() => refreshWhileActivating(numbers));
  TestBed.tick();
  return { numbers, server: TestBed.inject(HttpTestingController) };
}

describe('Numbers that are being set up', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('are read again until they have settled, and then no more', () => {
    const { numbers, server } = watch({ id: 'new', status: 'activating' }, { id: 'old', status: 'active' });
    jest.advanceTimersByTime(PERIOD);
    server.expectOne('/api/phone-numbers/new').flush(aNumber({ id: 'new', status: 'active' }));
    TestBed.tick();
    jest.advanceTimersByTime(10 * PERIOD);

    server.verify();
    expect(numbers()[0]?.status).toBe('active');
  });

  it('are left alone while nobody looks at the page', () => {
    const visibility = jest.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
    const { server } = watch({ id: 'new', status: 'activating' });
    jest.advanceTimersByTime(5 * PERIOD);
    server.verify();

    visibility.mockReturnValue('visible');
    jest.advanceTimersByTime(PERIOD);
    server.expectOne('/api/phone-numbers/new');
    visibility.mockRestore();
  });
});
