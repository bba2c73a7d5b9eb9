import { confusablePathsAmong } from './confusable-paths';

describe('confusablePathsAmong', () => {
  it.each<[string, string[], string[]]>([
    ['case', ['notes/a.md', 'notes/A.md', 'notes/b.md'], ['notes/a.md', 'notes/A.md']],
    ['normalisation', ['notes/\u00e9.md', 'notes/e\u0301.md'], ['notes/\u00e9.md', 'notes/e\u0301.md']],
    ['nothing', ['notes/a.md', 'notes/b.md'], []],
  ])('finds those that differ only by %s', (_, paths, expected) => {
    expect([...confusablePathsAmong(paths).keys()]).toEqual(expected);
  });

  it('names the other one', () => {
    expect(confusablePathsAmong(['a', 'A']).get('a')).toBe('A');
  });
});
