import { HttpErrorResponse, HttpHeaders } from '@angular/common/http';
import { toApiProblem } from './api-problem';

const problem = {
  type: 'about:blank',
  title: 'Conflict',
  status: 409,
  detail: 'This number is already in your organisation.',
  code: 'CONFLICT',
  requestId: 'req-1',
};

describe('What is said when a request fails', () => {
  it("is the API's own sentence when it gave one, with the fields and uses it named", () => {
    const usedBy = [{ id: 'n1', name: 'Main line' }];
    const error = new HttpErrorResponse({ status: 409, error: { ...problem, usedBy } });

    expect(toApiProblem(error)).toMatchObject({
      code: 'CONFLICT',
      detail: problem.detail,
      usedBy,
      offline: false,
    });
  });

  it('is read from text too, since problem+json is not a type that every browser layer parses', () => {
    const error = new HttpErrorResponse({ status: 409, error: JSON.stringify(problem) });

    expect(toApiProblem(error).code).toBe('CONFLICT');
  });

  it('says that there is no connection when no answer arrived', () => {
    const failed = toApiProblem(
      new HttpErrorResponse({ status: 0, error: new TypeError('Failed to fetch') }),
    );

    expect(failed.offline).toBe(true);
    expect(failed.detail).toContain('Check your internet connection');
  });

  it("speaks of VoxReach being unavailable when a gateway's page arrives instead of an answer", () => {
    const failed = toApiProblem(new HttpErrorResponse({ status: 502, error: '<html>Bad gateway</html>' }));

    expect(failed).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE', status: 502, offline: false });
    expect(failed.detail).not.toContain('<html>');
  });

  it('never shows the text of a defect', () => {
    expect(toApiProblem(new TypeError('x is undefined')).detail).not.toContain('undefined');
  });

  it('keeps how long the server asks to wait', () => {
    const headers = new HttpHeaders({ 'Retry-After': '30' });

    expect(toApiProblem(new HttpErrorResponse({ status: 429, error: problem, headers })).retryAfter).toBe(30);
  });
});
