import { quietUntil } from './quiet-period';

const at = (seconds: number) => new Date(Date.UTC(2026, 0, 1) + seconds * 1000);

describe('A burst of edits', () => {
  it.each([
    ['waits after one edit', 0, 0, 10, 30],
    ['waits from the last edit on', 0, 20, 25, 50],
    ['is pushed once it is quiet', 0, 20, 50, null],
    ['is pushed after ten periods without a pause', 0, 299, 300, null],
    ['waits for the bound at most', 0, 290, 295, 300],
    ['waits one period at most if a clock is ahead', 1000, 1000, 10, 40],
  ])('%s', (_, oldest, newest, now, until) => {
    expect(quietUntil(at(oldest), at(newest), 30, at(now))).toEqual(until === null ? null : at(until));
  });

  it('does not wait without a quiet period', () => {
    expect(quietUntil(at(0), at(0), 0, at(0))).toBeNull();
  });
});
