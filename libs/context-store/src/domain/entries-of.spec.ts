import type { Change } from './change';
import { entriesOf } from './entries-of';

const change = (id: string, paths: readonly string[]): Change => ({
  ...{
    id,
    revision: 1,
    author: { name: 'Ann', email: 'ann@example.com' },
    message: 'm',
    origin: 'user',
    at: new Date(0),
  },
  ...{ runId: 'r', commit: 'k' },
  versions: paths.map((path) => ({ id: `${id}.${path}`, path, op: 'put', blob: 'blob', from: null })),
});

it('The history shows each version with its change, newest first', () => {
  const { versions, id: changeId, ...more } = change('c1', ['a']);
  expect(entriesOf([change('c1', ['a']), change('c2', ['b', 'c'])])).toMatchObject([
    { changeId: 'c2', path: 'c' },
    { changeId: 'c2', path: 'b' },
    { ...versions[0], ...more, changeId },
  ]);
});
