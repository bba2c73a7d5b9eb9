import { changesAfterPush, changesOf, mergedChange } from './run-change';

const base = (remote: string | null) => ({ remote, local: remote });

describe('What a run changed', () => {
  it('is derived from the base before and after, if the answer to the commit was lost', () => {
    const before = new Map([
      ['edited.md', base('1')],
      ['gone.md', base('1')],
      ['equal.md', base('1')],
    ]);
    const after = [
      ['new.md', base('1')],
      ['edited.md', base('2')],
      ['gone.md', base(null)],
      ['equal.md', base('1')],
    ] as const;
    expect(changesAfterPush(after, before)).toEqual([
      { path: 'new.md', op: 'create' },
      { path: 'edited.md', op: 'update' },
      { path: 'gone.md', op: 'delete' },
    ]);
  });

  it('is what its commit did, with the place that a file came from', () => {
    const content = Buffer.from('x');
    expect(
      changesOf([
        { op: 'create', path: 'a', content },
        { op: 'move', from: 'b', path: 'c' },
      ]),
    ).toEqual([
      { path: 'a', op: 'create' },
      { path: 'c', op: 'move', from: 'b' },
    ]);
  });

  it('was created, if it was created and then updated', () => {
    const [created, updated, deleted] = (['create', 'update', 'delete'] as const).map((op) => ({
      path: 'a.md',
      op,
    }));
    expect(mergedChange(created, updated)).toEqual(created);
    expect(mergedChange(created, deleted)).toEqual(deleted);
    expect(mergedChange(undefined, updated)).toEqual(updated);
  });
});
