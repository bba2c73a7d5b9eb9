import { orgId, Scope } from '@app/kernel';
import * as states from './sync-state';

const NOW = new Date('2026-01-01T12:00:00Z');
const after = (ms: number) => new Date(NOW.getTime() + ms);
const fresh = states.freshState(orgId('acme'));

describe('The state of a sync', () => {
  it('begins with nothing compared, wanted or stopped', () => {
    const { org, targetId, pushedRevision, snapshotDue, failures, heldTries, ...others } = fresh;
    expect({ org, targetId, pushedRevision, snapshotDue, failures, heldTries }).toEqual({
      ...{ org: 'acme', targetId: null, pushedRevision: 0, snapshotDue: false, failures: 0, heldTries: 0 },
    });
    expect(new Set(Object.values(others))).toEqual(new Set([null]));
    expect(states.freshState(orgId('acme'), 't').targetId).toBe('t');
  });

  it.each<[string, readonly string[] | null, boolean]>([
    ['the same directories', ['notes', 'people'], true],
    ['fewer directories', ['notes'], false],
    ['no directories yet', null, false],
  ])('was compared with %s', (_, directories, same) => {
    expect(states.comparedAs({ ...fresh, directories }, new Scope(['people', 'notes']))).toBe(same);
  });

  it('forgets its failures with a success', () => {
    expect(states.healthy(NOW)).toEqual({
      failure: null,
      failures: 0,
      nextAttemptAt: null,
      lastSyncedAt: NOW,
    });
  });

  it.each<[string, Date | null, boolean]>([
    ['no back-off', null, false],
    ['a back-off that ends now', NOW, false],
    ['a back-off that lasts', after(1), true],
  ])('waits after %s: %s', (_, nextAttemptAt, waits) => {
    expect(states.isWaiting({ nextAttemptAt }, NOW)).toBe(waits);
  });

  it.each<[string, Date | null, Date | null]>([
    ['no poll', null, null],
    ['an earlier poll', after(-1), NOW],
    ['a later poll', after(1), after(1)],
  ])('is held up with %s', (_, nextPollAt, expected) => {
    expect(states.heldUp({ ...fresh, nextPollAt }, NOW)).toEqual({
      nextAttemptAt: NOW,
      nextPollAt: expected,
    });
  });

  it('sends refused commits again ever more rarely', () => {
    expect(states.refusedOnceMore({ heldTries: 0 }, NOW, 1)).toEqual({
      heldTries: 1,
      heldRetryAt: after(60_000),
    });
    expect(states.refusedOnceMore({ heldTries: 1 }, NOW, 1)).toEqual({
      heldTries: 2,
      heldRetryAt: after(120_000),
    });
  });

  it.each<[string, Date | null, { retryAfterMs?: number }[], Date | null]>([
    ['nothing waits', null, [{}], null],
    ['the first of several', null, [{ retryAfterMs: 9 }, {}, { retryAfterMs: 5 }], after(5)],
    ['what waited before', after(3), [{ retryAfterMs: 5 }], after(3)],
    ['what waits less', after(7), [{ retryAfterMs: 5 }], after(5)],
  ])('inspects texts again: %s', (_, inspectRetryAt, files, expected) => {
    expect(states.inspectedAgain({ inspectRetryAt }, files, NOW)).toEqual({ inspectRetryAt: expected });
  });
});
