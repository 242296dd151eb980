import { HttpErrorResponse } from '@angular/common/http';
import type { ProblemResponse } from '@voxreach/contracts';
import type { Sentence } from './i18n/sentences';
import { parsedBody } from './parsed-body';

/** Why a request did not succeed, always in words that can be shown to an admin. */
export interface ApiProblem extends ProblemResponse {
  /** True when no answer arrived: the request may or may not have been carried out. */
  offline: boolean;
  /** Seconds that the server asks to wait before the next attempt. */
  retryAfter: number | null;
}

const NO_ANSWER: ApiProblem = {
  type: 'about:blank',
  title: 'No connection',
  status: 0,
  detail: 'VoxReach did not answer. Check your internet connection, then try again.' satisfies Sentence,
  code: 'UPSTREAM_UNAVAILABLE',
  requestId: '',
  offline: true,
  retryAfter: null,
};

const UNREADABLE: ApiProblem = {
  ...NO_ANSWER,
  title: 'Something went wrong',
  status: 500,
  detail:
    'VoxReach answered in a way this page cannot read. Reload the page and try again.' satisfies Sentence,
  code: 'INTERNAL',
  offline: false,
};

/** What a gateway in front of the API says when the API itself does not get to answer. */
const UNAVAILABLE: ApiProblem = {
  ...UNREADABLE,
  title: 'VoxReach is not available',
  detail: 'VoxReach is not available at the moment. Wait a minute, then try again.' satisfies Sentence,
  code: 'UPSTREAM_UNAVAILABLE',
};

const UNAVAILABLE_STATUSES: readonly number[] = [502, 503, 504];

const isProblem = (body: unknown): body is ProblemResponse =>
  typeof body === 'object' &&
  body !== null &&
  'detail' in body &&
  typeof body.detail === 'string' &&
  'code' in body &&
  typeof body.code === 'string';

/** Turns whatever a request failed with into a problem. Anything that is not a failed request is a defect and reads as one. */
export function toApiProblem(error: unknown): ApiProblem {
  if (!(error instanceof HttpErrorResponse)) return UNREADABLE;
  if (error.status === 0) return NO_ANSWER;
  const retryAfter = secondsOf(error.headers.get('Retry-After'));
  const body = parsedBody(error.error);
  if (isProblem(body)) return { ...body, status: error.status, offline: false, retryAfter };
  const fallback = UNAVAILABLE_STATUSES.includes(error.status) ? UNAVAILABLE : UNREADABLE;
  return { ...fallback, status: error.status, retryAfter };
}

function secondsOf(header: string | null): number | null {
  const seconds = Number(header);
  return header !== null && Number.isFinite(seconds) ? seconds : null;
}
