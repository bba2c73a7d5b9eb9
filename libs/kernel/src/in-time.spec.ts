import { DatabaseUnavailable } from './database-unavailable';
import { inTime } from './in-time';

describe('inTime', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('returns the result of the work as soon as there is one', async () => {
    await expect(inTime(Promise.resolve('done'), 2_000)).resolves.toBe('done');
    await expect(inTime(Promise.reject(new Error('failed')), 2_000)).rejects.toThrow('failed');
    await Promise.resolve();
    expect(jest.getTimerCount()).toBe(0);
  });

  it('gives up when it is late', async () => {
    const never = inTime(new Promise(() => undefined), 2_000);
    const given = expect(never).rejects.toThrow(DatabaseUnavailable);
    jest.advanceTimersByTime(2_000);
    await given;
  });
});
