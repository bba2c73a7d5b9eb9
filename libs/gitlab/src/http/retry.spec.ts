import { GitLabRefused, GitLabUnavailable, RateLimited } from '../errors/answer.errors';
import { InstanceUnreachable } from '../errors/instance.errors';
import { connectionError } from './errors/connection-errors';
import { errorBodyOf } from './errors/error-body';
import { responseError } from './errors/response-errors';
import {
  LONGEST_PAUSE_MS,
  LONGEST_WAIT_MS,
  SHORTEST_WAIT_MS,
  askedWaitMs,
  isReadAnotherWay,
  isRetried,
  pauseBeforeCall,
  pauseBeforeRetryMs,
  withRetries,
} from './retry';
import { AnswerTooLarge } from './transport/deadline';

const NOW = new Date('2026-01-01T00:00:00Z');
const inSeconds = (seconds: number) => String(NOW.getTime() / 1000 + seconds);
/** Headers that gitlab.com sends with nearly every answer. */
const LEFT = { 'ratelimit-remaining': '1988', 'ratelimit-reset': inSeconds(45) };
const USED_UP = { 'ratelimit-remaining': '0', 'ratelimit-reset': inSeconds(45) };

const INSTANCE = 'https://gitlab.example';

/** Reaction to one failure of a read, and of a write. */
interface Reaction {
  readonly code: string;
  /** The call retries a read itself. */
  readonly retried: boolean;
  /** A comparison that fails so is read another way. */
  readonly anotherWay: boolean;
  /** The wait that GitLab asks for. */
  readonly wait?: number;
  /** A write may have taken effect. */
  readonly unknown: boolean;
}

const limited = (wait?: number): Reaction => ({
  ...{ code: 'rate_limited', anotherWay: false, unknown: false, wait },
  retried: (wait ?? 0) <= LONGEST_PAUSE_MS,
});
const unavailable = { code: 'gitlab_unavailable', retried: true, anotherWay: true, unknown: true };
const maintenance = { ...unavailable, unknown: false };
const unreachable = { code: 'instance_unreachable', retried: false, anotherWay: false, unknown: false };
const refused = { code: 'gitlab_refused', retried: false, anotherWay: false, unknown: false };

const reactionTo = (read: unknown, write: unknown): Reaction => ({
  code: (read as GitLabUnavailable).code,
  retried: isRetried(read),
  anotherWay: isReadAnotherWay(read),
  wait: (read as GitLabUnavailable).retryAfterMs,
  unknown: (write as GitLabUnavailable).outcomeUnknown ?? false,
});

describe('A failure of GitLab', () => {
  it.each<[string, number, Record<string, string>, string, Reaction]>([
    ['too many requests', 429, {}, '', limited()],
    ['too many requests, short', 429, { 'retry-after': '2' }, '', limited(2_000)],
    ['too many requests, long', 429, { 'retry-after': '60' }, '', limited(60_000)],
    ['too many requests, by date', 429, LEFT, '', limited(45_000)],
    ['an error', 500, {}, '500 Internal Server Error', unavailable],
    ['an error of a proxy', 502, {}, '', unavailable],
    ['an outage', 503, {}, '', unavailable],
    ['a proxy that waited too long', 504, {}, '', unavailable],
    ['a request that arrived too slowly', 408, {}, '', unavailable],
    ['a locked resource', 409, {}, '409 Conflict: Resource lock', unavailable],
    [
      'an outage with an end',
      503,
      { 'retry-after': '60' },
      '',
      { ...unavailable, retried: false, anotherWay: false, wait: 60_000 },
    ],
    ['maintenance', 503, {}, 'GitLab is undergoing maintenance', maintenance],
    ['read-only mode', 403, {}, 'You cannot perform write operations', maintenance],
    ['a refusal', 403, {}, '403 Forbidden', refused],
    ['a refusal that names a lock', 403, {}, 'Resource lock', refused],
    [
      'maintenance with an end',
      503,
      { 'retry-after': '60' },
      'GitLab is undergoing maintenance',
      { ...maintenance, retried: false, anotherWay: false, wait: 60_000 },
    ],
    ['a conflict', 409, {}, 'Conflict', refused],
  ])('%s (%i %j) has one reaction', (_what, status, headers, message, expected) => {
    const body = Buffer.from(message && JSON.stringify({ message }));
    const errorFor = (write: boolean) =>
      responseError(errorBodyOf({ status, headers, body }), {
        ...{ instanceUrl: INSTANCE, path: '/api/v4/projects/1', write },
        retryAfterMs: askedWaitMs({ status, headers }, NOW),
      });
    expect(reactionTo(errorFor(false), errorFor(true))).toEqual(expected);
  });

  it.each<[string, { code: string; message?: string }, Reaction]>([
    ['a host that does not exist', { code: 'ENOTFOUND' }, unreachable],
    ['a refused connection', { code: 'ECONNREFUSED' }, unreachable],
    ['a wrong certificate', { code: 'CERT_HAS_EXPIRED' }, unreachable],
    ['no connection in time', { code: 'ETIMEDOUT' }, { ...unreachable, anotherWay: true }],
    ['no answer in time', { code: 'EANSWERTIMEOUT' }, { ...unreachable, anotherWay: true, unknown: true }],
    ['a reset', { code: 'ECONNRESET' }, unavailable],
    ['an answer that was cut off', { code: 'ERR_BAD_RESPONSE' }, unavailable],
  ])('%s (%j) has one reaction', (_what, thrown, expected) => {
    const errorFor = (sent: 'read' | 'write') => connectionError(thrown, INSTANCE, sent);
    expect(reactionTo(errorFor('read'), errorFor('write'))).toEqual(expected);
  });

  it('of our own budget is not retried, because the call has waited already', () => {
    expect(isRetried(new RateLimited(1_000, 'dot'))).toBe(false);
  });

  it('is read another way if an answer is too large', () => {
    expect(isReadAnotherWay(new AnswerTooLarge(10))).toBe(true);
  });
});

describe('pauseBeforeCall', () => {
  it('ends the call instead of a long pause', async () => {
    await expect(pauseBeforeCall(LONGEST_PAUSE_MS + 1, undefined)).rejects.toMatchObject({
      ...{ code: 'rate_limited', by: 'gitlab', retryAfterMs: LONGEST_PAUSE_MS + 1 },
    });
  });

  it('ends with the signal', async () => {
    const reason = new Error('as expected by the spec');
    await expect(pauseBeforeCall(LONGEST_PAUSE_MS, AbortSignal.abort(reason))).rejects.toThrow();
    await expect(pauseBeforeCall(0, AbortSignal.abort(reason))).resolves.toBeUndefined();
  });
});

describe('askedWaitMs', () => {
  it.each<[number, Record<string, string>, number | undefined]>([
    // Not a wait: the headers only inform.
    [200, LEFT, undefined],
    [404, LEFT, undefined],
    [500, LEFT, undefined],
    [503, LEFT, undefined],
    [503, {}, undefined],
    [503, { 'retry-after': 'soon' }, undefined],
    [500, { 'retry-after': '60' }, undefined],
    [502, { 'retry-after': '60', ...LEFT }, undefined],
    // A wait: too many requests.
    [429, { 'retry-after': '60' }, 60_000],
    [429, { 'retry-after': '5', ...LEFT }, 5_000],
    [429, { 'retry-after': 'Thu, 01 Jan 2026 00:00:30 GMT' }, 30_000],
    [429, LEFT, 45_000],
    [429, { 'retry-after': 'soon', ...LEFT }, 45_000],
    [429, { 'retry-after': '', ...LEFT }, 45_000],
    [429, { 'retry-after': ' 60 ' }, 60_000],
    [429, { 'retry-after': '60 or so' }, undefined],
    [429, { 'ratelimit-reset': `at ${inSeconds(45)}` }, undefined],
    [429, { 'ratelimit-reset': `${inSeconds(45)} or so` }, undefined],
    [429, { 'ratelimit-reset': 'soon' }, undefined],
    [429, {}, undefined],
    // A wait: the instance names a time to come back.
    [503, { 'retry-after': '7' }, 7_000],
    [503, { 'retry-after': '7', ...LEFT }, 7_000],
    // A wait: the quota is used up, with any answer.
    [200, USED_UP, 45_000],
    [500, USED_UP, 45_000],
    [404, { 'ratelimit-remaining': '0' }, undefined],
    // No wait is shorter or longer than makes sense.
    [429, { 'retry-after': '0' }, SHORTEST_WAIT_MS],
    [503, { 'retry-after': '0' }, SHORTEST_WAIT_MS],
    [429, { 'retry-after': 'Wed, 31 Dec 2025 00:00:00 GMT' }, SHORTEST_WAIT_MS],
    [429, { 'ratelimit-reset': inSeconds(-45) }, SHORTEST_WAIT_MS],
    [200, { 'ratelimit-remaining': '0', 'ratelimit-reset': inSeconds(-45) }, SHORTEST_WAIT_MS],
    [429, { 'retry-after': '31536000' }, LONGEST_WAIT_MS],
    [429, { 'retry-after': '9'.repeat(400) }, LONGEST_WAIT_MS],
    [503, { 'retry-after': 'Fri, 01 Jan 2027 00:00:00 GMT' }, LONGEST_WAIT_MS],
  ])('reads %i with %j as %p', (status, headers, expected) => {
    expect(askedWaitMs({ status, headers }, NOW)).toBe(expected);
  });
});

describe('isRetried', () => {
  it.each<[string, unknown, boolean]>([
    ['an outage', new GitLabUnavailable('500'), true],
    ['a short wait', new RateLimited(LONGEST_PAUSE_MS), true],
    ['a long wait', new RateLimited(LONGEST_PAUSE_MS + 1), false],
    ['a long wait in an outage', new GitLabUnavailable('503', { retryAfterMs: 60_000 }), false],
    ['a dead host', new InstanceUnreachable('https://gitlab.example', 'timeout'), false],
    ['a refusal', new GitLabRefused(400, 'no'), false],
    ['a bug', new TypeError('x is undefined'), false],
  ])('decides on %s', (_what, error, expected) => {
    expect(isRetried(error)).toBe(expected);
  });
});

describe('pauseBeforeRetryMs', () => {
  it('grows up to a limit, with full jitter', () => {
    const pauses = [1, 2, 3, 4, 5, 6].map((attempt) => pauseBeforeRetryMs(attempt, 300, 1));
    expect(pauses).toEqual([300, 600, 1200, 2400, LONGEST_PAUSE_MS, LONGEST_PAUSE_MS]);
    expect(pauseBeforeRetryMs(3, 300, 0.5)).toBe(600);
  });

  it('comes after the wait that GitLab asks for', () => {
    expect(pauseBeforeRetryMs(1, 300, 0.5, 2_000)).toBe(2_150);
  });
});

describe('withRetries', () => {
  const down = new GitLabUnavailable('500');
  const refusal = new GitLabRefused(400, 'no');

  it.each<[string, Error[], Error | null, number]>([
    ['that works', [], null, 1],
    ['that works the third time', [down, down], null, 3],
    ['that never works', [down, down, down], down, 3],
    ['that is refused', [refusal], refusal, 1],
  ])('calls one %s as often as it helps', async (_what, errors, failure, times) => {
    let attempts = 0;
    const attempt = async () => {
      const error = errors[attempts++];
      if (error) throw error;
      return 'read';
    };
    const outcome = withRetries(attempt, { firstPauseMs: 0 }, undefined);
    if (failure) await expect(outcome).rejects.toBe(failure);
    else await expect(outcome).resolves.toBe('read');
    expect(attempts).toBe(times);
  });
});
