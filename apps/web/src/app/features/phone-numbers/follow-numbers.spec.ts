import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { jest } from '@jest/globals';
import { Subject } from 'rxjs';
import { aNumber, aProblem } from '../../../testing/builders';
import { ChangeFeed, type News } from '../../core/change-feed';
import { followNumbers } from './follow-numbers';
import { NumberChanges } from './number-changes';

function follow(...given: Parameters<typeof aNumber>[0][]) {
  const feed = new Subject<News>();
  TestBed.configureTestingModule({
    providers: [
      provideHttpClient(),
      provideHttpClientTesting(),
      { provide: ChangeFeed, useValue: { news: feed } },
    ],
  });
  const numbers = given.map((fields) => aNumber(fields));
  const names: string[] = [];
  const gone: string[] = [];
  const changes = TestBed.inject(NumberChanges);
  changes.changed.subscribe(({ value }) => names.push(value.name));
  changes.removed.subscribe((id) => gone.push(id));
  let others = 0;
  TestBed.runInInjectionContext(() => followNumbers(signal(numbers), () => others++));
  const changed = (id: string) => feed.next({ type: 'phone_number', id });
  const othersToldOf = () => others;
  return { numbers, feed, names, gone, changed, othersToldOf, server: TestBed.inject(HttpTestingController) };
}

const urlOf = ({ id }: { id: string }) => `/api/phone-numbers/${id}`;

describe('Numbers on the screen', () => {
  it('are read again when somebody has changed them, and others are left alone', () => {
    const { numbers, names, changed, server } = follow({}, {});
    const [first, second] = numbers as [ReturnType<typeof aNumber>, ReturnType<typeof aNumber>];
    changed(crypto.randomUUID());
    changed(first.id);
    server.expectNone(urlOf(second));
    server.expectOne(urlOf(first)).flush({ ...first, name: 'As it is now' });

    expect(names).toEqual(['As it is now']);
    server.verify();
  });

  it('are told of others, which may be new', () => {
    const { numbers, feed, changed, othersToldOf } = follow({});
    feed.next('listening');
    changed(numbers[0]?.id ?? '');
    expect(othersToldOf()).toBe(0);

    changed(crypto.randomUUID());
    expect(othersToldOf()).toBe(1);
  });

  it('are told of many others at once no more than once a second, and of the last', () => {
    jest.useFakeTimers();
    try {
      const { changed, othersToldOf } = follow({});
      for (let count = 0; count < 50; count++) {
        changed(crypto.randomUUID());
        jest.advanceTimersByTime(50);
      }
      expect(othersToldOf()).toBe(3);

      jest.advanceTimersByTime(1_000);
      expect(othersToldOf()).toBe(4);
      jest.advanceTimersByTime(10_000);
      expect(othersToldOf()).toBe(4);
    } finally {
      jest.useRealTimers();
    }
  });

  it('show the newest answer when one changes twice', () => {
    const { numbers, names, changed, server } = follow({});
    const [number] = numbers as [ReturnType<typeof aNumber>];
    changed(number.id);
    changed(number.id);
    const [older, newer] = server.match(urlOf(number));
    expect(older?.cancelled).toBe(true);
    newer?.flush({ ...number, name: 'Newest' });

    expect(names).toEqual(['Newest']);
  });

  it('are read again after a connection was made if they were being set up', () => {
    const { numbers, feed, server } = follow({ status: 'activating' }, { status: 'active' });
    feed.next('listening');

    const [activating, active] = numbers as [ReturnType<typeof aNumber>, ReturnType<typeof aNumber>];
    server.expectOne(urlOf(activating));
    server.expectNone(urlOf(active));
  });

  it('go when they are gone', () => {
    const { numbers, gone, changed, server } = follow({});
    const [number] = numbers as [ReturnType<typeof aNumber>];
    changed(number.id);
    const { body, options } = aProblem(404, 'NOT_FOUND', 'There is no such phone number.');
    server.expectOne(urlOf(number)).flush(body, options);

    expect(gone).toEqual([number.id]);
  });

  it('stay as they are, and are still followed, when one could not be read', () => {
    const { numbers, names, gone, changed, server } = follow({});
    const [number] = numbers as [ReturnType<typeof aNumber>];
    changed(number.id);
    const { body, options } = aProblem(503, 'UPSTREAM_UNAVAILABLE', 'Not now.');
    server.expectOne(urlOf(number)).flush(body, options);
    expect([names, gone]).toEqual([[], []]);

    changed(number.id);
    server.expectOne(urlOf(number)).flush({ ...number, name: 'As it is now' });
    expect(names).toEqual(['As it is now']);
  });
});
