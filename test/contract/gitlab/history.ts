import { NOWHERE } from './subject';
import type { Arrange, Subject } from './subject';

/** Describes how changes since a commit are read (docs/gitlab-api.md#compare, #commits). */
export function describeHistory(arrange: Arrange): void {
  let subject: Subject;
  beforeEach(async () => {
    subject = await arrange();
  });
  afterEach(() => subject.dispose());

  describe('changes since a commit', () => {
    it('are none when nothing happened', async () => {
      const { gitlab, repo } = subject;
      const { head } = await gitlab.branch(repo.projectId, repo.branch);
      const changes = await gitlab.changesSince(repo, head.id);
      expect(changes).toMatchObject({ head: { id: head.id }, commits: [], paths: [] });
    });

    it('name the paths and the commits, oldest first', async () => {
      const since = await subject.push({ files: { 'a.md': 'a\n', 'b.md': 'b\n', 'dir/c.md': 'c\n' } });
      const first = await subject.push({ files: { 'a.md': 'changed\n' } });
      const second = await subject.push({ files: { 'b.md': null, 'new.md': 'new\n' } });
      const { head, commits, paths } = await subject.gitlab.changesSince(subject.repo, since);
      expect(head.id).toBe(second);
      expect(commits.map(({ id }) => id)).toEqual([first, second]);
      expect(sorted(paths)).toEqual([
        { path: 'a.md', kind: 'file' },
        { path: 'b.md', kind: null },
        { path: 'new.md', kind: 'file' },
      ]);
    });

    it('name both names of a rename', async () => {
      const text = Array.from({ length: 20 }, (_, line) => `line ${line}\n`).join('');
      const since = await subject.push({ files: { 'old.md': text } });
      await subject.push({ rename: { 'old.md': 'new.md' } });
      const { paths } = await subject.gitlab.changesSince(subject.repo, since);
      expect(sorted(paths)).toEqual([
        { path: 'new.md', kind: 'file' },
        { path: 'old.md', kind: null },
      ]);
    });

    it('show a reset to an older commit as a difference without commits', async () => {
      const older = await subject.push({ files: { 'a.md': 'a\n' } });
      const newer = await subject.push({ files: { 'a.md': 'changed\n', 'b.md': 'b\n' } });
      await subject.reset(older);
      const { head, commits, paths } = await subject.gitlab.changesSince(subject.repo, newer);
      expect(head.id).toBe(older);
      expect(commits).toEqual([]);
      expect(sorted(paths)).toEqual([
        { path: 'a.md', kind: 'file' },
        { path: 'b.md', kind: null },
      ]);
    });

    it('leave out files that were changed and changed back', async () => {
      const since = await subject.push({ files: { 'a.md': 'a\n' } });
      await subject.push({ files: { 'a.md': 'changed\n' } });
      await subject.push({ files: { 'a.md': 'a\n' } });
      const { commits, paths } = await subject.gitlab.changesSince(subject.repo, since);
      expect(commits).toHaveLength(2);
      expect(paths ?? []).toEqual([]);
    });

    it('cannot be computed from a commit that does not exist', async () => {
      await expect(subject.gitlab.changesSince(subject.repo, NOWHERE)).rejects.toMatchObject({
        code: 'commit_unknown',
      });
    });

    it('cannot be computed for a branch that does not exist', async () => {
      const since = await subject.push({ files: { 'a.md': 'a\n' } });
      const gone = { ...subject.repo, branch: 'gone' };
      await expect(subject.gitlab.changesSince(gone, since)).rejects.toMatchObject({
        code: 'branch_not_found',
      });
    });
  });

  describe('commits', () => {
    it('are returned by id', async () => {
      const { head: parent } = await subject.gitlab.branch(subject.repo.projectId, subject.repo.branch);
      const id = await subject.push({ files: { 'a.md': 'a\n' } });
      const commit = await subject.gitlab.commitById(subject.repo, id);
      expect(commit).toMatchObject({ id, parents: [parent.id] });
      expect(commit.committedAt).toBeInstanceOf(Date);
      expect(commit.author.email).toContain('@');
    });

    it('that are not there are unknown', async () => {
      await expect(subject.gitlab.commitById(subject.repo, NOWHERE)).rejects.toMatchObject({
        code: 'commit_unknown',
      });
    });

    it('are found by the path they touched, deletions included, renames not followed', async () => {
      const { gitlab, repo } = subject;
      const created = await subject.push({ files: { 'a.md': 'a\n', 'b.md': 'b\n' } });
      const deleted = await subject.push({ files: { 'a.md': null } });
      const renamed = await subject.push({ rename: { 'b.md': 'c.md' } });
      const last = async (commit: string, path: string) =>
        (await gitlab.lastCommitTouching(repo, commit, path))?.id ?? null;
      expect(await last(created, 'a.md')).toBe(created);
      expect(await last(renamed, 'a.md')).toBe(deleted);
      expect(await last(renamed, 'b.md')).toBe(renamed);
      expect(await last(renamed, 'c.md')).toBe(renamed);
      expect(await last(renamed, 'never.md')).toBeNull();
    });
  });
}

function sorted<T extends { readonly path: string }>(paths: readonly T[] | null): T[] | null {
  return paths && [...paths].sort((a, b) => (a.path < b.path ? -1 : 1));
}
