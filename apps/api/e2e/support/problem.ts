import { type ErrorCode, HTTP_STATUS_OF, type ProblemResponse } from '@voxreach/contracts';
import type { Reply } from './client';
import { isTranslated } from './translated';

/** Checks that an answer is a problem as the contract describes it, with this code, and gives it back. */
export function problemOf(reply: Reply, code: ErrorCode): ProblemResponse {
  const problem = reply.body as ProblemResponse;
  expect({ status: reply.status, code: problem.code, detail: problem.detail }).toEqual({
    status: HTTP_STATUS_OF[code],
    code,
    detail: expect.stringMatching(/\w.{10,}/s),
  });
  expect(reply.headers.get('content-type')).toMatch(/^application\/problem\+json(;|$)/);
  const { errors, usedBy, ...rest } = problem;
  expect(rest).toEqual({
    type: 'about:blank',
    title: expect.stringMatching(/\w/),
    status: HTTP_STATUS_OF[code],
    detail: problem.detail,
    code,
    requestId: reply.headers.get('x-request-id'),
  });
  for (const error of errors ?? []) {
    expect(error).toEqual({ path: expect.any(String), message: expect.stringMatching(/\w/) });
    expect(error.path).not.toMatch(/\[\d+\]/);
  }
  // A carrier's own words stay as they are.
  if (code !== 'PROVIDER_REJECTED') {
    const texts = [problem.detail, ...(errors ?? []).map(({ message }) => message)];
    expect(texts.filter((text) => !isTranslated(text))).toEqual([]);
  }
  for (const user of usedBy ?? []) expect(user).toEqual({ id: expect.any(String), name: expect.any(String) });
  return problem;
}

/** The refused fields of a problem. */
export const pathsOf = (problem: ProblemResponse): string[] => (problem.errors ?? []).map(({ path }) => path);
