import { orgId } from '@app/kernel';
import { isDeclined } from './declined';
import { fileStateOf, type Known } from './file-state';
import { newRun, type Run } from './run';
import { nameOfSide, sideNamed } from './side';
import { freshState } from './sync-state';

const both = { remote: '1', local: '1' };

describe('The state of a file', () => {
  it.each<[string, Partial<Known>, string | null]>([
    ['equal on both sides', { base: both, local: '1' }, 'in_sync'],
    ['edited in Dot', { base: both, local: '2' }, 'dot_ahead'],
    ['new in Dot', { local: '1' }, 'dot_ahead'],
    [
      'edited, as the work branch has it',
      { base: both, local: '2', work: { remote: '2', local: '2' } },
      'proposed',
    ],
    [
      'edited since it was proposed',
      { base: both, local: '3', work: { remote: '2', local: '2' } },
      'dot_ahead',
    ],
    ['deleted, as the work branch has it', { base: both, work: { remote: null, local: null } }, 'proposed'],
    ['landed', { base: both, local: '1', work: { remote: '1', local: '1' } }, 'in_sync'],
    ['on neither side', {}, null],
    ['deleted on both sides', { base: { remote: null, local: null } }, null],
    ['deleted on GitLab only, as agreed', { base: { remote: '1', local: null } }, null],
    ['deleted in Dot', { base: both }, 'dot_ahead'],
    ['deleted in Dot, and absent on GitLab', { base: { remote: null, local: '1' } }, null],
    ['in quarantine', { base: both, local: '1', isQuarantined: true }, 'quarantined'],
    ['in conflict', { base: both, local: '1', isInConflict: true }, 'conflict'],
    ['in conflict and gone', { isInConflict: true }, null],
    [
      'waiting for its deletion',
      { base: { ...both, deletionWaits: true }, local: '1', isQuarantined: true },
      'gitlab_ahead',
    ],
    ['edited while it waits', { base: { ...both, deletionWaits: true }, local: '2' }, 'dot_ahead'],
  ])('%s', (_, more, state) => {
    const known = { base: undefined, local: null, isQuarantined: false, isInConflict: false, ...more };
    expect(fileStateOf(known)).toBe(state);
  });
});

describe('A first sync', () => {
  const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 12, minute));
  const target = { id: 't', configuredAt: at(5) };
  const state = freshState(orgId('acme'), 't');
  const run = (more: Partial<Run>): Run => ({
    ...newRun('r', orgId('acme'), 'initial', 'configure', at(0)),
    ...{ status: 'cancelled', attempt: 1, finishedAt: at(6) },
    ...more,
  });

  it.each<[string, Run | undefined, boolean]>([
    ['that was cancelled', run({}), true],
    ['that never was', undefined, false],
    ['that failed', run({ status: 'failed' }), false],
    ['that came after another', run({ kind: 'pull' }), false],
    ['that was cancelled before it started', run({ attempt: 0 }), true],
    ['that was cancelled as the target was configured', run({ attempt: 0, finishedAt: at(5) }), true],
    ['that was cancelled before the target was configured', run({ attempt: 0, finishedAt: at(4) }), false],
  ])('%s is declined: %s', (_, last, declined) => expect(isDeclined(last, state, target)).toBe(declined));

  it('of another target is not declined', () => {
    expect(isDeclined(run({}), state, { ...target, id: 'u' })).toBe(false);
  });
});

it('Each side has one name outside', () => {
  expect([nameOfSide('local'), nameOfSide('remote')]).toEqual(['dot', 'gitlab']);
  expect([sideNamed('dot'), sideNamed('gitlab')]).toEqual(['local', 'remote']);
});
