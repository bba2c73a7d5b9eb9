import { GIVEN_UP_AFTER_MS, retryAt } from './retry';

const NOON = new Date('2026-01-01T12:00:00Z');
const after = (ms: number) => new Date(NOON.getTime() + ms);

it.each([
  ['the first failure', 1, 0.5, 30_000],
  ['the second', 2, 1, 120_000],
  ['the seventh, up to an hour', 7, 1, 3_600_000],
  ['the hundredth, still up to an hour', 100, 1, 3_600_000],
  ['any failure, perhaps without a wait', 5, 0, 0],
])('a delivery is tried again after %s', (_, attempts, random, wait) => {
  expect(retryAt(NOON, attempts, NOON, random)).toEqual(after(wait));
});

it('a delivery is given up after a day', () => {
  expect(retryAt(NOON, 30, after(GIVEN_UP_AFTER_MS - 3_600_000), 1)).toEqual(after(GIVEN_UP_AFTER_MS));
  expect(retryAt(NOON, 30, after(GIVEN_UP_AFTER_MS - 3_599_999), 1)).toBeNull();
});
