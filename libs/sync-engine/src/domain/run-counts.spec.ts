import type { CommitAction } from '@app/gitlab';
import { changesOf } from './run-change';
import { addCounts, countsOfCommit, NO_COUNTS } from './run-counts';

const content = Buffer.from('x');
const actions: CommitAction[] = [
  { op: 'create', path: 'a', content },
  { op: 'update', path: 'b', content },
  { op: 'move', from: 'c', path: 'd' },
  { op: 'delete', path: 'e' },
];

describe('A commit', () => {
  it('counts its files by what happens to them', () => {
    expect(countsOfCommit(actions)).toEqual({ created: 1, updated: 2, deleted: 1 });
    expect(countsOfCommit()).toEqual({ created: 0, updated: 0, deleted: 0 });
    expect(
      addCounts({ ...NO_COUNTS, created: 1, conflicts: 2 }, { created: undefined, conflicts: 1 }),
    ).toEqual({
      ...NO_COUNTS,
      ...{ created: 1, conflicts: 3 },
    });
  });

  it('lists its files with what happens to them', () => {
    expect(changesOf(actions)).toEqual([
      { path: 'a', op: 'create' },
      { path: 'b', op: 'update' },
      { path: 'd', op: 'move', from: 'c' },
      { path: 'e', op: 'delete' },
    ]);
  });
});
