import { isLfsTracked, isNew, lfsRulesOf } from './lfs-rules';

const tracks = (attributes: string, path: string) => isLfsTracked(lfsRulesOf(attributes), path);

describe('The rules for LFS in a .gitattributes', () => {
  it.each<[boolean, string, string]>([
    [true, '*.md filter=lfs diff=lfs merge=lfs -text', 'notes/deep/a.md'],
    [false, '*.md filter=lfs', 'notes/a.mdx'],
    [false, '*.md text eol=lf', 'a.md'],
    [false, '# *.md filter=lfs', 'a.md'],
    [true, '\t*.md\tfilter=lfs\r', 'a.md'],
    [true, '*.md text\n*.md filter=lfs\n*.md text', 'a.md'],
    [false, '*.md filter=lfs\n*.md -filter', 'a.md'],
    [false, '*.md filter=lfs\n*.md !filter', 'a.md'],
    [false, '*.md filter=lfs\n*.md filter=crypt', 'a.md'],
    [false, '*.md filter=lfs\nnotes/*.md -filter', 'notes/a.md'],
    [true, '*.md filter=lfs\nnotes/*.md -filter', 'reports/a.md'],
    [true, '*.md -filter\nnotes/a.md filter=lfs', 'notes/a.md'],
    [false, 'notes/*.md filter=lfs', 'notes/deep/a.md'],
    [false, 'notes/*.md filter=lfs', 'old/notes/a.md'],
    [true, '/notes/*.md filter=lfs', 'notes/a.md'],
    [true, '/a.md filter=lfs', 'a.md'],
    [false, '/a.md filter=lfs', 'notes/a.md'],
    [true, 'notes/** filter=lfs', 'notes/deep/er/a.md'],
    [false, 'notes/** filter=lfs', 'other/a.md'],
    [false, 'notes.md/** filter=lfs', 'notes.md'],
    [true, '**/deep/*.md filter=lfs', 'deep/a.md'],
    [true, '**/deep/*.md filter=lfs', 'notes/x/deep/a.md'],
    [true, 'notes/**/a.md filter=lfs', 'notes/a.md'],
    [true, 'notes/**/a.md filter=lfs', 'notes/x/y/a.md'],
    [false, 'notes filter=lfs', 'notes/a.md'],
    [false, 'notes/ filter=lfs', 'notes/a.md'],
    [false, '!*.md filter=lfs', 'a.md'],
    [true, '?.md filter=lfs', 'notes/é.md'],
    [false, '?.md filter=lfs', 'ab.md'],
    [true, '*.[mM][dD] filter=lfs', 'a.Md'],
    [true, '[a-c]*.md filter=lfs', 'bee.md'],
    [false, '[!a-c]*.md filter=lfs', 'bee.md'],
    [true, '[!a-c]*.md filter=lfs', 'deer.md'],
    [true, '[^a-c]*.md filter=lfs', 'deer.md'],
    [false, '[^a-c]*.md filter=lfs', 'bee.md'],
    [false, '[b-d].md filter=lfs', 'a.md'],
    [false, '[b-d].md filter=lfs', 'e.md'],
    [true, '[b-d].md filter=lfs', 'b.md'],
    [true, '[b-d].md filter=lfs', 'd.md'],
    [true, '[b-].md filter=lfs', '-.md'],
    [false, '[bd].md filter=lfs', 'c.md'],
    [true, '[b-dx].md filter=lfs', 'x.md'],
    [false, '[b-dx].md filter=lfs', '-.md'],
    [true, '[]].md filter=lfs', '].md'],
    [true, 'a[.md filter=lfs', 'a[.md'],
    [true, 'a].md filter=lfs', 'a].md'],
    [true, '**.md filter=lfs', 'a.md'],
    [false, 'a*b filter=lfs', 'ab.md'],
    [true, '*x*.md filter=lfs', 'axb.md'],
    [false, '*x*.md filter=lfs', 'ab.md'],
    [true, 'notes/**/** filter=lfs', 'notes/a.md'],
    [false, 'notes/**/x filter=lfs', 'notes/a/y'],
    [true, 'a.md   filter=lfs', 'a.md'],
    [true, '"two words.md" filter=lfs', 'notes/two words.md'],
    [true, '\\*.md filter=lfs', '*.md'],
    [false, '\\*.md filter=lfs', 'a.md'],
    [true, '[attr]big filter=lfs diff=lfs\n*.md big', 'a.md'],
    [false, '[attr]big filter=lfs\n*.md big\na.md -big', 'a.md'],
    [false, '"open filter=lfs', 'a.md'],
    [false, '', 'a.md'],
  ])('say %s: %j of %s', (tracked, attributes, path) => {
    expect(tracks(attributes, path)).toBe(tracked);
  });

  it('keep only as many as are quick to match, and drop the first ones', () => {
    const many = Array.from({ length: 5_000 }, (_, n) => `dir-${n}/*.md filter=lfs`).join('\n');
    const rules = lfsRulesOf(`${many}\n*.yaml filter=lfs`);
    expect(rules.length).toBeLessThan(5_000);
    expect(isLfsTracked(rules, 'a.yaml')).toBe(true);
    expect(isLfsTracked(rules, 'dir-4999/a.md')).toBe(true);
    expect(isLfsTracked(rules, 'dir-0/a.md')).toBe(false);
  });

  it('match a pattern of many stars in no more steps than a short one times its length', () => {
    const hostile = `${'*a'.repeat(1_000)}b filter=lfs`;
    expect(tracks(hostile, `${'a'.repeat(250)}.md`)).toBe(false);
    expect(tracks(`${'**/a/'.repeat(500)}b filter=lfs`, `${'a/'.repeat(250)}c.md`)).toBe(false);
  });
});

it.each<[string, string | null, string | null | undefined, boolean]>([
  ['a file that GitLab never had', 'x', undefined, true],
  ['a file that GitLab deleted', 'x', null, true],
  ['an edit', 'x', 'b1', false],
  ['a deletion', null, undefined, false],
])('%s is new to the rules, or not', (_, content, remote, expected) => {
  const known = new Map(remote === undefined ? [] : [['a.md', { remote }] as const]);
  expect(isNew({ path: 'a.md', content: content === null ? null : Buffer.from(content) }, known)).toBe(
    expected,
  );
});
