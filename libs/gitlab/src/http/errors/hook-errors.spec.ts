import type { DomainError } from '@app/kernel';
import type { ErrorBody } from './error-body';
import { hookError, hookTestError } from './hook-errors';

const said = (status: number, text: string): ErrorBody => ({
  ...{ status, text, code: '', neededScopes: [], json: true, location: '' },
});

describe('An error about a webhook', () => {
  it.each<[number, string, string | undefined, (body: ErrorBody) => DomainError | undefined]>([
    [403, 'Forbidden', 'webhook_not_permitted', hookError],
    [404, 'Not Found', 'hook_not_found', hookError],
    [422, 'Url is blocked', 'webhook_url_refused', hookError],
    [422, 'curly braces', undefined, hookError],
    [400, 'the url', undefined, hookError],
    [422, 'Url is blocked', 'webhook_test_failed', hookTestError],
    [404, 'Not Found', 'hook_not_found', hookTestError],
  ])('%i %s is %s', (status, text, code, translate) => {
    expect(translate(said(status, text))?.code).toBe(code);
  });

  it.each([
    ['', 'no reason given'],
    ['Hook execution failed', 'Hook execution failed'],
  ])('of a test that says %j names the reason', (text, reason) => {
    expect(hookTestError(said(422, text))?.message).toContain(reason);
  });
});
