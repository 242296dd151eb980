import { HttpEventType, HttpHeaderResponse, provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { jest } from '@jest/globals';
import { ChangeFeed, type News } from './change-feed';

const URL = '/api/events';
const MINUTE = 60_000;
const change = (id: string) => ({ type: 'phone_number', id }) as const;
const line = (id: string) => `event: change\ndata: ${JSON.stringify(change(id))}\n\n`;

function listen() {
  TestBed.configureTestingModule({ providers: [provideHttpClient(), provideHttpClientTesting()] });
  const server = TestBed.inject(HttpTestingController);
  const heard: News[] = [];
  const listening = TestBed.inject(ChangeFeed).news.subscribe((news) => heard.push(news));
  const connect = () => {
    const request = server.expectOne(URL);
    request.event(new HttpHeaderResponse({ status: 200 }));
    const say = (partialText: string) =>
      request.event({ type: HttpEventType.DownloadProgress, loaded: partialText.length, partialText });
    return { request, say };
  };
  return { server, heard, listening, connect };
}

const show = (state: DocumentVisibilityState) => {
  jest.spyOn(document, 'visibilityState', 'get').mockReturnValue(state);
  document.dispatchEvent(new Event('visibilitychange'));
};

describe('The feed of changes', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => {
    jest.useRealTimers();
    jest.restoreAllMocks();
  });

  it('tells each change once, also when it arrives in pieces', () => {
    const { heard, connect } = listen();
    const { say } = connect();
    const stream = `: listening\n\n${line('one')}: still here\n\n${line('two')}`;
    say(stream.slice(0, 30));
    expect(heard).toEqual(['listening']);
    say(stream.slice(0, -1));
    say(stream);
    say(`${stream}: still here\n\n`);

    expect(heard).toEqual(['listening', change('one'), change('two')]);
  });

  it('is opened again when the API has ended it, and says that something may have been missed', () => {
    const { heard, connect, server } = listen();
    connect().request.flush('');
    server.expectNone(URL);
    jest.advanceTimersByTime(1_000);
    connect();

    expect(heard).toEqual(['listening', 'listening']);
  });

  it('waits longer each time it cannot be had, a minute at most, and is quick again afterwards', () => {
    const { heard, connect, server } = listen();
    jest.spyOn(Math, 'random').mockReturnValue(1);
    for (const wait of [1_000, 2_000, 4_000, 8_000, 16_000, 32_000, MINUTE, MINUTE]) {
      const request = server.expectOne(URL);
      request.event(new HttpHeaderResponse({ status: 503 }));
      request.flush('', { status: 503, statusText: 'Unavailable' });
      jest.advanceTimersByTime(wait - 1);
      server.expectNone(URL);
      jest.advanceTimersByTime(1);
    }
    expect(heard).toEqual([]);

    connect().request.error(new ProgressEvent('error'));
    jest.advanceTimersByTime(1_000);
    connect();
  });

  it('is given up and opened again when it has gone silent', () => {
    const { connect } = listen();
    const { request, say } = connect();
    jest.advanceTimersByTime(40_000);
    say(': still here\n\n');
    jest.advanceTimersByTime(40_000);
    expect(request.cancelled).toBe(false);
    jest.advanceTimersByTime(MINUTE);

    expect(request.cancelled).toBe(true);
    connect();
  });

  it('is closed while the tab is hidden and when nobody listens any more', () => {
    const { connect, server, listening } = listen();
    const { request } = connect();
    show('hidden');
    expect(request.cancelled).toBe(true);
    jest.advanceTimersByTime(MINUTE);
    server.expectNone(URL);

    show('visible');
    const again = connect();
    listening.unsubscribe();
    expect(again.request.cancelled).toBe(true);
    jest.advanceTimersByTime(MINUTE);
    server.verify();
  });
});
