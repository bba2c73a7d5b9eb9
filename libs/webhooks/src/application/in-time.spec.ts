import { DatabaseUnavailable } from '@app/kernel';
import { inTime } from './in-time';

describe('inTime', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('answers what the work comes to, and waits for nothing more', async () => {
    await expect(inTime(Promise.resolve('done'))).resolves.toBe('done');
    await expect(inTime(Promise.reject(new Error('failed')))).rejects.toThrow('failed');
    await Promise.resolve();
    expect(jest.getTimerCount()).toBe(0);
  });

  it('gives up well before GitLab does', async () => {
    const never = inTime(new Promise(() => undefined));
    const given = expect(never).rejects.toThrow(DatabaseUnavailable);
    jest.advanceTimersByTime(2_000);
    await given;
  });
});
