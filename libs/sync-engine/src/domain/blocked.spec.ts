import { retryWaitMs, stopMs } from './back-off';
import { blockedToo, endsBlock, isRetryDue, unblocked, type Blocked } from './blocked';
import { isFullComparisonDue, nextFullComparison } from './full-comparison';

const NOW = new Date('2026-01-01T12:00:00Z');
const after = (ms: number) => new Date(NOW.getTime() + ms);
const DAY = 86_400_000;
const stop = (more: Partial<Blocked> = {}): Blocked => ({
  ...{ code: 'branch_gone', detail: 'd', scope: 'all', kinds: ['pull'], tries: 1, retryAt: after(1) },
  ...more,
});

describe('A stop', () => {
  it.each<[string, Blocked | null, readonly string[]]>([
    ['no stop', null, ['initial', 'pull', 'push']],
    ['a stop of everything', stop(), []],
    ['a stop of pushes', stop({ scope: 'push' }), ['pull']],
    ['a stop that is tried again now', stop({ retryAt: NOW }), ['initial', 'pull', 'push']],
  ])('with %s, these runs may begin', (_, blocked, kinds) =>
    expect(unblocked({ blocked }, NOW)).toEqual(kinds),
  );

  it.each([
    [after(1), ['initial', 'pull']],
    [NOW, ['initial', 'pull', 'push']],
    [null, ['initial', 'pull', 'push']],
  ])('with a push that waits until %j, these runs may begin', (pushAfter, kinds) =>
    expect(unblocked({ blocked: null, pushAfter }, NOW)).toEqual(kinds),
  );

  it('is tried again at its time, not before', () => {
    expect([null, stop(), stop({ retryAt: NOW })].map((blocked) => isRetryDue(blocked, NOW))).toEqual([
      false,
      false,
      true,
    ]);
  });

  it('that follows on another lasts longer, and remembers all runs that were wanted', () => {
    const { code, detail, scope } = stop();
    const first = blockedToo({ blocked: null }, { code, detail, scope, kinds: ['pull'] }, NOW, 1);
    expect(first).toEqual(stop({ retryAt: after(60_000) }));
    const second = blockedToo(
      { blocked: first },
      { code: 'project_gone', detail, scope, kinds: ['push', 'pull'] },
      NOW,
      1,
    );
    expect(second).toEqual(
      stop({ code: 'project_gone', kinds: ['pull', 'push'], tries: 2, retryAt: after(120_000) }),
    );
  });

  it.each<[Blocked['scope'], 'initial' | 'pull' | 'push', boolean]>([
    ['all', 'pull', true],
    ['push', 'pull', false],
    ['push', 'push', true],
    ['push', 'initial', true],
  ])('of %s ends with a %s: %s', (scope, kind, ends) => expect(endsBlock(stop({ scope }), kind)).toBe(ends));
});

describe('Back-off', () => {
  it.each([
    [1, 0, 30_000],
    [1, 1, 60_000],
    [2, 1, 120_000],
    [3, 0.5, 180_000],
    [60, 1, 3_600_000],
  ])('stops at try %i with %f for %i ms', (tries, random, ms) => expect(stopMs(tries, random)).toBe(ms));

  it.each([
    [1, 1, undefined, 2_000],
    [3, 0.5, undefined, 4_000],
    [60, 1, undefined, 300_000],
    [1, 1, 9_000, 9_000],
    [3, 1, 1_000, 8_000],
  ])('waits after %i failures with %f, asked for %p, %i ms', (failures, random, asked, ms) => {
    expect(retryWaitMs(failures, random, asked)).toBe(ms);
  });
});

describe('A full comparison', () => {
  it.each<[string, Date | null, boolean]>([
    ['none was planned', null, false],
    ['it is planned for later', after(1), false],
    ['it is planned for now', NOW, true],
  ])('is due if %s: %s', (_, compareAllAt, due) =>
    expect(isFullComparisonDue({ compareAllAt }, NOW)).toBe(due),
  );

  it.each<[string, Date | null, boolean, Date | null]>([
    ['a day after the first comparison of two commits', null, false, after(DAY)],
    ['at its time, whatever is compared meanwhile', after(5), false, after(5)],
    ['no more after one of everything', after(5), true, null],
  ])('comes %s', (_, compareAllAt, comparedAll, next) => {
    expect(nextFullComparison({ compareAllAt }, comparedAll, NOW)).toEqual({ compareAllAt: next });
  });
});
