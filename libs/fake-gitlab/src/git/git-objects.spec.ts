import { GitObjects } from './git-objects';
import type { Mode } from './git-objects';
import { normaliseLineEndings } from './line-endings';
import { RealGit } from './spec-support/real-git';

describe('the ids of git objects', () => {
  let git: RealGit;
  const objects = new GitObjects();

  beforeAll(() => {
    git = new RealGit();
  });
  afterAll(() => git.remove());

  it.each([
    ['text', Buffer.from('# Grüße\n')],
    ['nothing', Buffer.alloc(0)],
    ['bytes', Buffer.from([0, 255, 13, 10])],
  ])('of blobs are those of git hash-object: %s', (_name, bytes) => {
    expect(objects.writeBlob(bytes)).toBe(git.run(['hash-object', '-w', '--stdin'], bytes));
  });

  it.each([
    ['CRLF', 'a\r\nb\r\n'],
    ['mixed endings', 'a\r\nb\n'],
    ['a lone CR', 'a\rb\r\n'],
    ['a CR at the end', 'a\r\nb\r'],
    ['a NUL', 'a\0b\r\n'],
    ['a NUL far from the start', `${'a'.repeat(9000)}\0\r\n`],
    ['one control character in 127', `\x01${'a'.repeat(127)}\r\n`],
    ['one control character in 129', `\x01${'a'.repeat(129)}\r\n`],
    ['a closing Ctrl-Z', 'a\r\n\x1a'],
    ['tabs, backspaces, form feeds and escapes', '\t\b\f\x1b\r\n'],
    ['bells', '\x07\r\n'],
    ['DEL', '\x7f\r\n'],
    ['UTF-8', 'ä€😀\r\n'],
  ])('of blobs written through the API are those of git with autocrlf=input: %s', (_name, text) => {
    const bytes = Buffer.from(text);
    const args = ['-c', 'core.autocrlf=input', 'hash-object', '--path', 'a.md', '--stdin'];
    expect(objects.writeBlob(normaliseLineEndings(bytes))).toBe(git.run(args, bytes));
  });

  it('of trees are those of git mktree, whatever the names and modes', () => {
    const blob = objects.writeBlob(Buffer.from('content\n'));
    git.run(['hash-object', '-w', '--stdin'], 'content\n');
    const inner = objects.writeTree(new Map([['x', { mode: '100755', id: blob }]]));
    git.run(['mktree'], `100755 blob ${blob}\tx\n`);
    const rows: [Mode, string, string, string][] = [
      ['100644', 'blob', blob, 'a.b'],
      ['040000', 'tree', inner, 'a'],
      ['120000', 'blob', blob, 'a-link'],
      ['100644', 'blob', blob, 'ä.md'],
      ['100644', 'blob', blob, '\uff5e.md'],
      ['100644', 'blob', blob, '😀.md'],
      ['160000', 'commit', 'c'.repeat(40), 'module'],
    ];
    const listing = rows.map(([mode, type, id, name]) => `${mode} ${type} ${id}\t${name}\n`).join('');
    const tree = objects.writeTree(new Map(rows.map(([mode, , id, name]) => [name, { mode, id }])));
    expect(tree).toBe(git.run(['mktree'], listing));
  });

  it('of commits are those of git commit-tree', () => {
    git.run(['mktree']);
    const write = (parents: string[], message: string) => {
      const author = { name: ' Ada <L.> ', email: 'ada@example.com', at: new Date(1_700_000_000_789) };
      const committer = { name: 'Grace', email: 'grace@example.com', at: new Date(1_700_000_060_789) };
      const commit = { tree: objects.emptyTree, parents, author, committer, message };
      const { id } = objects.writeCommit(commit);
      expect(id).toBe(git.commitTree(commit));
      return id;
    };
    const first = write([], 'No newline at the end');
    const second = write([], 'Zweiter\n\nMit Körper\n');
    write([first, second], 'Merge\n');
  });
});
