import { inertPath, inspectPath } from './inspect-path';
import { problemWithPath } from './path-rules';

describe('inspectPath', () => {
  it.each([
    ['notes/a\ud83d.md', 'path_not_utf8'],
    ['notes/a\0.md', 'path_not_portable'],
    ['notes/a\n.md', 'path_not_portable'],
    ['notes/.git /a.md', 'path_not_portable'],
    ['notes/git~1/a.md', 'path_not_portable'],
    [`notes/${'directory/'.repeat(300)}a.md`, 'path_not_portable'],
  ])('finds %j %s', (path, reason) => expect(inspectPath(path)).toMatchObject({ reason }));

  it.each(['notes/a.md', 'notes/Q3: plan.md', 'notes/CON.md', 'notes/caf\u00e9.md', 'notes/\ufffd.md'])(
    'lets %j pass',
    (path) => expect(inspectPath(path)).toBeNull(),
  );
});

describe('inertPath', () => {
  it.each([
    ['notes/a\0\n.md', 'notes/a\\u{0}\\u{A}.md'],
    ['notes/a\ud83d.md', 'notes/a\\u{D83D}.md'],
    ['notes/a\\u{0}.md', 'notes/a\\\\u{0}.md'],
    ['notes/.g\u200eit/\u202ea.md', 'notes/.g\\u{200E}it/\\u{202E}a.md'],
    ['notes/git~1/a.md', 'notes/git~1/a.md'],
  ])('shows %j as %j', (path, shown) => expect(inertPath(path)).toBe(shown));

  it.each(['notes/a\0.md', 'notes\\a.md', `notes/${'x'.repeat(5_000)}.md`, '.git/a.md'])(
    'never shows %j as the path of a file that may exist',
    (path) => expect(problemWithPath(inertPath(path))).not.toBeNull(),
  );

  it('shortens long names and long paths differently, and keeps both ends', () => {
    const [one, other] = ['a', 'b'].map((end) =>
      inertPath(`notes/${'x'.repeat(3_000)}/${end}${'x'.repeat(700)}.md`),
    );
    expect(one).not.toBe(other);
    expect(one).toMatch(/^notes\/x{100}.*x\.md$/);
    expect(one.length).toBeLessThan(700);
  });
});
