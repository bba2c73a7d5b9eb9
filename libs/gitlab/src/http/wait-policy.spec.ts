import { GitLabRefused, GitLabUnavailable, InstanceUnreachable, RateLimited } from '../gitlab.errors';
import {
  LONGEST_PAUSE_MS,
  LONGEST_WAIT_MS,
  SHORTEST_WAIT_MS,
  askedWaitMs,
  pauseBeforeRepeatMs,
  passesSoon,
} from './wait-policy';

const NOW = new Date('2026-01-01T00:00:00Z');
const inSeconds = (seconds: number) => String(NOW.getTime() / 1000 + seconds);
/** Headers that gitlab.com sends with nearly every answer. */
const LEFT = { 'ratelimit-remaining': '1988', 'ratelimit-reset': inSeconds(45) };
const USED_UP = { 'ratelimit-remaining': '0', 'ratelimit-reset': inSeconds(45) };

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
    [429, { 'ratelimit-reset': 'soon' }, undefined],
    [429, {}, undefined],
    // A wait: the instance names a time to come back.
    [503, { 'retry-after': '7' }, 7_000],
    [503, { 'retry-after': '7', ...LEFT }, 7_000],
    // A wait: the allowance is used up, whatever the answer is.
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

describe('passesSoon', () => {
  it.each<[string, unknown, boolean]>([
    ['an outage', new GitLabUnavailable('500'), true],
    ['a short wait', new RateLimited(LONGEST_PAUSE_MS), true],
    ['a long wait', new RateLimited(LONGEST_PAUSE_MS + 1), false],
    ['a long wait in an outage', new GitLabUnavailable('503', { retryAfterMs: 60_000 }), false],
    ['a dead host', new InstanceUnreachable('https://gitlab.example', 'timeout'), false],
    ['a refusal', new GitLabRefused(400, 'no'), false],
    ['a bug', new TypeError('x is undefined'), false],
  ])('decides on %s', (_what, error, expected) => {
    expect(passesSoon(error)).toBe(expected);
  });
});

describe('pauseBeforeRepeatMs', () => {
  it('grows up to a ceiling, with full jitter', () => {
    const cooldown = [1, 2, 3, 4, 5, 6].map((attempt) => pauseBeforeRepeatMs(attempt, 300, 1));
    expect(cooldown).toEqual([300, 600, 1200, 2400, LONGEST_PAUSE_MS, LONGEST_PAUSE_MS]);
    expect(pauseBeforeRepeatMs(3, 300, 0.5)).toBe(600);
  });

  it('comes after the wait that GitLab asks for', () => {
    expect(pauseBeforeRepeatMs(1, 300, 0.5, 2_000)).toBe(2_150);
  });
});
