import { DOCUMENT, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { of } from 'rxjs';
import { IdlePreloading } from './idle-preloading';
import { Session } from './session/session';

function prepare(isSignedIn: boolean) {
  const waiting: (() => void)[] = [];
  const defaultView = {
    requestIdleCallback: (run: () => void) => waiting.push(run),
    cancelIdleCallback: () => undefined,
  };
  TestBed.configureTestingModule({
    providers: [
      { provide: Session, useValue: { isSignedIn: signal(isSignedIn) } },
      { provide: DOCUMENT, useValue: { defaultView, querySelectorAll: () => [] } },
    ],
  });
  let loads = 0;
  const load = () => {
    loads++;
    return of(null);
  };
  TestBed.inject(IdlePreloading).preload({}, load).subscribe();
  return { waiting, loaded: () => loads };
}

describe('The parts of the application', () => {
  it('are loaded before they are asked for, once the browser has nothing to do', () => {
    const { waiting, loaded } = prepare(true);
    expect(loaded()).toBe(0);

    waiting.forEach((run) => run());
    expect(loaded()).toBe(1);
  });

  it('are left alone while nobody is signed in', () => {
    const { waiting, loaded } = prepare(false);

    expect([waiting.length, loaded()]).toEqual([0, 0]);
  });
});
