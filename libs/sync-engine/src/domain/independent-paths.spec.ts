import { independent } from './independent-paths';

describe('independent paths', () => {
  it.each([
    [true, [], ['a']],
    [true, ['notes/a.md'], ['notes/b.md']],
    [true, ['notes/a.md'], ['notes/a.md.yaml']],
    [true, ['notes/a'], ['notes/ab/c.md']],
    [false, ['notes/a.md'], ['notes/b.md', 'notes/a.md']],
    [false, ['notes'], ['notes/a.md']],
    [false, ['notes/a/b/c.md'], ['notes/a']],
  ])('are recognised: %s for %j and %j', (expected, some, others) => {
    expect(independent(some, others)).toBe(expected);
    expect(independent(others, some)).toBe(expected);
  });
});
