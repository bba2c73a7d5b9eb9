import { PathNotAllowed } from './context-store.errors';
import { checkPath, problemWithPath } from './path-rules';

describe('the rules of paths', () => {
  it.each([
    'relationships.yaml',
    'notes/a.md',
    'notes/with space/ünï 💡 #?%&+.md',
    'notes/...md',
    'notes/..a/.b/c.md',
    'notes/.gitignore.md',
    `notes/${'é'.repeat(126)}.md`,
    `${'directory/'.repeat(409)}a.md`,
  ])('allow %j', (path) => expect(problemWithPath(path)).toBeNull());

  it.each([
    ['', 'empty'],
    ['/notes/a.md', 'begins with a slash'],
    ['notes//a.md', 'empty name'],
    ['notes/a.md/', 'empty name'],
    ['.', '"."'],
    ['notes/./a.md', '"."'],
    ['../a.md', '".."'],
    ['notes/../../a.md', '".."'],
    ['notes/..', '".."'],
    ['.git/config.md', '".git"'],
    ['notes/.GIT/a.md', '".git"'],
    ['notes/git~1/a.md', '".git"'],
    ['notes/.git /a.md', '".git"'],
    ['notes/.git./a.md', '".git"'],
    ['notes/.git::$INDEX_ALLOCATION/a.md', '".git"'],
    ['notes/.g\u200cit/a.md', '".git"'],
    ['notes\\a.md', 'backslash'],
    ['notes/a\0.md', 'control character'],
    ['notes/a\n.md', 'control character'],
    ['notes/a\u0085.md', 'control character'],
    ['notes/a\u007f.md', 'control character'],
    ['notes/\ud83d.md', 'valid Unicode'],
    [`notes/${'é'.repeat(127)}.md`, '255 bytes'],
    [`${'directory/'.repeat(410)}a.md`, '4096 bytes'],
  ])('refuse %j', (path, why) => {
    expect(problemWithPath(path)).toContain(why);
    expect(() => checkPath(path)).toThrow(PathNotAllowed);
  });
});
