import { retryAfterMs } from './retry-after';

const NOW = new Date('2026-01-01T00:00:00Z');

describe('retryAfterMs', () => {
  it.each([
    [{ 'retry-after': '60' }, 60_000],
    [{ 'retry-after': '0' }, 0],
    [{ 'retry-after': 'Thu, 01 Jan 2026 00:00:30 GMT' }, 30_000],
    [{ 'retry-after': 'Wed, 31 Dec 2025 00:00:00 GMT' }, 0],
    [{ 'ratelimit-reset': String(NOW.getTime() / 1000 + 45) }, 45_000],
    [{ 'retry-after': '5', 'ratelimit-reset': String(NOW.getTime() / 1000 + 45) }, 5_000],
    [{ 'retry-after': 'soon' }, undefined],
    [{}, undefined],
  ])('reads %j', (headers, expected) => {
    expect(retryAfterMs(headers as unknown as Record<string, string>, NOW)).toBe(expected);
  });
});
