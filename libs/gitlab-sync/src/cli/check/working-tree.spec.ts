import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Scope } from '@app/kernel';
import { runCheck } from './run-check';

const LFS = '*.md filter=lfs diff=lfs merge=lfs -text\n';

describe('The files that are checked', () => {
  let root: string;
  const write = (path: string, text = 'text\n') => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  const git = (...words: string[]) => execFileSync('git', ['-C', root, ...words]);
  const check = (...directories: string[]) =>
    runCheck(root, { scope: new Scope(directories.length ? directories : undefined), maxFileBytes: 100 });
  const checked = async () => (await check()).paths;
  const reasons = async () =>
    Object.fromEntries((await check()).findings.map(({ path, reason }) => [path, reason]));
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'tree-'));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  describe('of a repository', () => {
    beforeEach(() => void git('init', '--quiet'));

    it('are the tracked and the new ones, not those that git ignores or that are gone', async () => {
      for (const name of ['tracked', 'gone', 'new', 'ignored']) write(`notes/${name}.md`);
      write('.gitignore', 'ignored.md\n');
      git('add', 'notes/tracked.md', 'notes/gone.md');
      rmSync(join(root, 'notes/gone.md'));
      expect(await checked()).toEqual(['notes/new.md', 'notes/tracked.md']);
    });

    it('include an ignored one that is tracked', async () => {
      write('notes/ignored.md');
      git('add', 'notes/ignored.md');
      write('.gitignore', 'ignored.md\n');
      expect(await checked()).toEqual(['notes/ignored.md']);
    });

    it('are as they are on disk, not as they are staged', async () => {
      write('notes/a.yaml', 'a: [\n');
      git('add', '.');
      write('notes/a.yaml', 'a: 1\n');
      expect(await reasons()).toEqual({});
    });

    it('include a file in conflict once', async () => {
      write('notes/a.md');
      const blob = git('hash-object', '-w', 'notes/a.md').toString().trim();
      const stages = [1, 2, 3].map((stage) => `100644 ${blob} ${stage}\tnotes/a.md\n`).join('');
      execFileSync('git', ['-C', root, 'update-index', '--index-info'], { input: stages });
      expect(await checked()).toEqual(['notes/a.md']);
    });

    it('are listed below the root of the check, which may be a directory of the repository', async () => {
      write('project/notes/a.md');
      root = join(root, 'project');
      expect(await checked()).toEqual(['notes/a.md']);
      root = dirname(root);
    });

    it('do not include a repository inside it, which would become a submodule', async () => {
      mkdirSync(join(root, 'notes/inner.md'), { recursive: true });
      execFileSync('git', ['-C', join(root, 'notes/inner.md'), 'init', '--quiet']);
      writeFileSync(join(root, 'notes/inner.md/x.md'), 'x');
      expect(await reasons()).toEqual({ 'notes/inner.md': 'submodule' });
    });

    it('are held back for LFS if git would store a pointer, and not if it has the text', async () => {
      write('notes/old.md');
      git('add', '.');
      write('.gitattributes', LFS);
      write('notes/new.md');
      write('notes/other.yaml');
      expect(await reasons()).toEqual({ 'notes/new.md': 'lfs_tracked' });
      write('notes/old.md', 'changed\n');
      expect(await reasons()).toEqual({ 'notes/new.md': 'lfs_tracked', 'notes/old.md': 'lfs_tracked' });
    });
  });

  it('are all those below the directories if there is no git', async () => {
    write('.gitignore', 'ignored.md\n');
    write('notes/ignored.md');
    write('elsewhere/a.md');
    write('relationships.yaml');
    const { paths, withoutGit } = await check();
    expect(paths).toEqual(['notes/ignored.md', 'relationships.yaml']);
    expect(withoutGit).toMatch(/not a git repository/);
  });

  it('are not those behind a link to a directory', async () => {
    write('elsewhere/broken.yaml', 'a: [\n');
    symlinkSync('elsewhere', join(root, 'notes'));
    expect(await checked()).toEqual([]);
  });

  it('are none if no directory exists', async () => expect(await checked()).toEqual([]));

  it('include one that is too large, which is not read', async () => {
    write('notes/a.yaml', '['.repeat(101));
    expect(await reasons()).toEqual({ 'notes/a.yaml': 'too_big' });
  });
});
