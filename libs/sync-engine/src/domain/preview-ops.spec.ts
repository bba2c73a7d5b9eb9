import { previewOps, type PathChange } from './preview-ops';

const at = (path: string, before: string | null, after: string | null): PathChange => ({
  path,
  before,
  after,
});

describe('previewOps', () => {
  it.each<[string, PathChange[], string[]]>([
    ['a new file', [at('a', null, '1')], ['create a']],
    ['another text', [at('a', '1', '2')], ['update a']],
    ['a file that goes', [at('a', '1', null)], ['delete a']],
    ['a move', [at('a', '1', null), at('b', null, '1')], ['move b']],
    ['a move named the other way round', [at('b', null, '1'), at('c', '1', null)], ['move b']],
    [
      'one of two copies moved',
      [at('a', '1', null), at('b', null, '1'), at('c', null, '1')],
      ['move b', 'create c'],
    ],
    ['a file replaced by another', [at('a', '1', null), at('b', null, '2')], ['delete a', 'create b']],
  ])('%s', (_, outlooks, expected) => {
    expect(previewOps(outlooks).map(({ path, op }) => `${op} ${path}`)).toEqual(expected);
  });
});
