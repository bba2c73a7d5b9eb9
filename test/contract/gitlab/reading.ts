import { blobOf } from '@app/kernel';
import { collectFiles } from './collect';
import { NOWHERE } from './subject';
import type { Arrange, Subject } from './subject';

/** Trees and files at a commit (docs/gitlab-api.md#reading). */
export function describeReading(arrange: Arrange): void {
  let subject: Subject;
  beforeEach(async () => {
    subject = await arrange();
  });
  afterEach(() => subject.dispose());

  describe('trees', () => {
    it('lists every file of a commit with its blob id, directories left out', async () => {
      const commit = await subject.push({ files: { 'a.md': 'a\n', 'deep/er/ü.md': 'ü\n' } });
      const tree = await subject.gitlab.tree(subject.repo, commit);
      expect([...tree.keys()].sort()).toEqual(['README.md', 'a.md', 'deep/er/ü.md']);
      expect(tree.get('deep/er/ü.md')).toEqual({ kind: 'file', blob: blobOf(Buffer.from('ü\n')) });
    });

    it('lists directories when asked', async () => {
      const commit = await subject.push({ files: { 'deep/er/a.md': 'a\n' } });
      const tree = await subject.gitlab.tree(subject.repo, commit, { directories: true });
      expect(tree.get('deep')?.kind).toBe('directory');
      expect(tree.get('deep/er')?.kind).toBe('directory');
    });

    it('lists more files than fit on one page', async () => {
      const names = Array.from({ length: 230 }, (_, index) => `many/${index}.md`);
      const commit = await subject.push({
        files: Object.fromEntries(names.map((name) => [name, `${name}\n`])),
      });
      const tree = await subject.gitlab.tree(subject.repo, commit);
      expect([...tree.keys()].filter((path) => path.startsWith('many/')).sort()).toEqual([...names].sort());
    });

    it('shows a commit as it was, whatever came after', async () => {
      const commit = await subject.push({ files: { 'a.md': 'a\n' } });
      await subject.push({ files: { 'a.md': null, 'b.md': 'b\n' } });
      expect([...(await subject.gitlab.tree(subject.repo, commit)).keys()]).toEqual(['README.md', 'a.md']);
    });

    it('does not know a commit that is not there', async () => {
      await expect(subject.gitlab.tree(subject.repo, NOWHERE)).rejects.toMatchObject({
        code: 'commit_unknown',
      });
    });
  });

  describe('files', () => {
    it('come with their exact bytes and blob ids', async () => {
      const texts = { 'a.md': '# Grüße\n', 'empty.md': '', 'dir/no newline.md': 'x', 'odd #%?&.md': 'odd\n' };
      const commit = await subject.push({ files: texts });
      const files = await collectFiles(subject.gitlab, subject.repo, commit, Object.keys(texts));
      for (const [path, text] of Object.entries(texts)) {
        const bytes = Buffer.from(text);
        expect(files.get(path)).toEqual({
          path,
          blob: blobOf(bytes),
          kind: 'file',
          bytes,
          size: bytes.length,
        });
      }
    });

    it('that are absent, or directories, are left out', async () => {
      const commit = await subject.push({ files: { 'dir/a.md': 'a\n' } });
      const wanted = ['dir', 'dir/a.md', 'missing.md', 'dir/a.md/below'];
      const files = await collectFiles(subject.gitlab, subject.repo, commit, wanted);
      expect([...files.keys()]).toEqual(['dir/a.md']);
    });

    it('over the limit come without bytes, but with their size', async () => {
      const commit = await subject.push({
        files: { 'big.md': 'x'.repeat(1001), 'small.md': 'x'.repeat(1000) },
      });
      const files = await collectFiles(subject.gitlab, subject.repo, commit, ['big.md', 'small.md'], {
        maxBytes: 1000,
      });
      expect(files.get('big.md')).toMatchObject({ bytes: null, size: 1001 });
      expect(files.get('small.md')).toMatchObject({ size: 1000, bytes: Buffer.from('x'.repeat(1000)) });
    });

    it.each([false, true])('come all, however many are asked for; the tree known: %s', async (known) => {
      const names = Array.from({ length: 330 }, (_, index) => `many/${index}.md`);
      const commit = await subject.push({
        files: Object.fromEntries(names.map((name) => [name, `${name}\n`])),
      });
      const tree = known ? await subject.gitlab.tree(subject.repo, commit) : undefined;
      const files = await collectFiles(subject.gitlab, subject.repo, commit, names, { maxBytes: 1000, tree });
      expect([...files.keys()].sort()).toEqual([...names].sort());
      for (const [path, { bytes }] of files) expect(bytes?.toString()).toBe(`${path}\n`);
    });

    it('are not read from a commit that is not there', async () => {
      const reading = collectFiles(subject.gitlab, subject.repo, NOWHERE, ['README.md', 'a.md']);
      await expect(reading).rejects.toMatchObject({ code: 'commit_unknown' });
    });
  });
}
