import type { CommitAction } from '@app/gitlab';
import type { Decision } from './decision';
import { addCounts, countsOfCommit, countsOfPull, NO_COUNTS, type RunCounts } from './run-counts';

const decision = (more: object) => ({ path: 'a.md', local: 'l', remote: 'r', asOf: 1, ...more }) as Decision;

describe('The counts of a run', () => {
  it.each<[string, object, Partial<RunCounts>]>([
    ['a new file', { kind: 'take', local: null }, { created: 1 }],
    ['another text', { kind: 'take' }, { updated: 1 }],
    ['a deletion', { kind: 'take', remote: null }, { deleted: 1 }],
    ['a deletion of a file that is gone', { kind: 'agree', local: null, remote: null }, { unchanged: 1 }],
    ['equal files', { kind: 'agree' }, { unchanged: 1 }],
    ['a conflict that GitLab won', { kind: 'conflict', winner: 'remote' }, { conflicts: 1, updated: 1 }],
    [
      'a conflict that brings a file back',
      { kind: 'conflict', winner: 'remote', local: null },
      { conflicts: 1, created: 1 },
    ],
    ['a conflict that Dot won', { kind: 'conflict', winner: 'local' }, { conflicts: 1 }],
    ['a quarantined file', { kind: 'quarantine' }, { quarantined: 1 }],
  ])('of a pull: %s', (_, given, counts) => {
    expect(countsOfPull([decision(given)])).toEqual({ ...NO_COUNTS, ...counts });
  });

  it('of a commit are those of its actions', () => {
    const ops = ['create', 'create', 'update', 'move', 'delete'];
    const actions = ops.map((op) => ({ op, path: 'a.md' }) as CommitAction);
    expect(countsOfCommit(actions)).toEqual({ created: 2, updated: 2, deleted: 1 });
    expect(countsOfCommit()).toEqual({ created: 0, updated: 0, deleted: 0 });
  });

  it('add up', () => {
    const sum = addCounts({ ...NO_COUNTS, created: 1, conflicts: 2 }, { created: 3, deleted: 4 });
    expect(sum).toEqual({ ...NO_COUNTS, created: 4, deleted: 4, conflicts: 2 });
  });
});
