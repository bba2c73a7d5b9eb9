import { Scope } from '@app/kernel';
import { scopeWarnings } from './scope-warnings';

const PATHS = ['README.md', 'docs/a.md', 'docs/deep/b.md', 'guides/c.yaml', 'src/main.ts', 'Notes Old/d.md'];
const warningsOn = (directories: readonly string[], paths: readonly string[] = PATHS) =>
  scopeWarnings(new Scope(directories), paths).map(({ detail }) => detail);

const HAS = 'the branch has Notes Old, docs, guides, README.md';

describe('The warning about directories that match nothing', () => {
  it.each([
    ['missing', `missing matches nothing; ${HAS}`],
    ['missing/file.md', `missing/file.md matches nothing; ${HAS}`],
    ['DOCS', 'DOCS matches nothing, because upper and lower case differ; name docs instead'],
    ['Docs/Deep', 'Docs/Deep matches nothing, because upper and lower case differ; name docs/deep instead'],
    ['readme.md', 'readme.md matches nothing, because upper and lower case differ; name README.md instead'],
    ['*', `* is a pattern, and patterns are not supported; name directories instead: ${HAS}`],
    ['**/*.md', `**/*.md is a pattern, and patterns are not supported; name directories instead: ${HAS}`],
    ['docs/**/*.md', 'docs/**/*.md is a pattern, and patterns are not supported; name docs instead'],
    ['docs/*', 'docs/* is a pattern, and patterns are not supported; name docs instead'],
    ['DOCS/deep/*', 'DOCS/deep/* is a pattern, and patterns are not supported; name docs/deep instead'],
    ['none/*', `none/* is a pattern, and patterns are not supported; name directories instead: ${HAS}`],
  ])('names what would do: %s', (entry, detail) => expect(warningsOn([entry])).toEqual([detail]));

  it('is nothing if each of them matches, be it by a file of another type', () => {
    expect(warningsOn(['docs', 'docs/deep', 'README.md', 'src'])).toEqual([]);
    expect(warningsOn(['a[1]'], ['a[1]/b.md'])).toEqual([]);
  });

  it('is nothing about an empty repository', () => expect(warningsOn(['docs', '*'], [])).toEqual([]));

  it('speaks of each entry that matches nothing', () => {
    const { length } = warningsOn(['docs', 'DOCS', 'missing']);
    expect(length).toBe(2);
  });

  it('names at most eight places', () => {
    const many = Array.from({ length: 50 }, (_, n) => `d${n + 10}/a.md`);
    expect(warningsOn(['missing'], many)[0]).toBe(
      'missing matches nothing; the branch has d10, d11, d12, d13, d14, d15, d16, d17 and 42 more',
    );
  });

  it('takes two spellings of an accented letter for the same', () => {
    expect(warningsOn(['caf\u00e9'], ['cafe\u0301/a.md'])).toEqual([
      'caf\u00e9 matches nothing, because its accents are encoded differently; name the one that GitLab has: cafe\u0301',
    ]);
  });
});

describe('The warning about the default directories', () => {
  const defaults = Scope.defaultDirectories;

  it('is nothing if one of them is there', () => {
    expect(warningsOn(defaults, ['notes/a.md', 'docs/a.md'])).toEqual([]);
  });

  it('is one sentence if none is there', () => {
    const [warning, ...others] = scopeWarnings(new Scope(), PATHS);
    expect(warning).toEqual({
      entries: [...defaults],
      detail: `None of the default directories exists; ${HAS}`,
    });
    expect(others).toEqual([]);
  });

  it('is nothing if there is nothing that would do', () => {
    expect(warningsOn(defaults, ['README.md', 'src/main.ts'])).toEqual([]);
  });

  it('names one that is there in another case', () => {
    expect(warningsOn(defaults, ['Notes/a.md', 'reports/a.md'])).toEqual([
      'notes matches nothing, because upper and lower case differ; name Notes instead',
    ]);
  });
});
