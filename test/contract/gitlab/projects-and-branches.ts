import { encodeCursor } from '@app/kernel';
import { allPages } from './collect';
import type { Arrange, Subject } from './subject';

/** Projects and branches (docs/gitlab-api.md#projects, #branches). */
export function describeProjectsAndBranches(arrange: Arrange): void {
  let subject: Subject;
  beforeEach(async () => {
    subject = await arrange();
  });
  afterEach(() => subject.dispose());

  describe('projects', () => {
    it('returns a project by id', async () => {
      const { gitlab, repo } = subject;
      const project = await gitlab.project(repo.projectId);
      expect(project).toMatchObject({ id: repo.projectId, pathWithNamespace: repo.pathWithNamespace });
      expect(project).toMatchObject({
        defaultBranch: repo.branch,
        emptyRepo: false,
        archived: false,
        lfsEnabled: true,
      });
    });

    it('knows an empty repository', async () => {
      const project = await subject.gitlab.project(subject.emptyRepo.projectId);
      expect(project).toMatchObject({ emptyRepo: true });
    });

    it('lists the projects the token may push to', async () => {
      const { gitlab, repo, emptyRepo } = subject;
      const projects = await allPages((cursor) => gitlab.listProjects({ limit: 2, cursor }));
      const ids = projects.map(({ id }) => id);
      expect(ids).toEqual(expect.arrayContaining([repo.projectId, emptyRepo.projectId]));
      expect(ids).toEqual([...new Set(ids)].sort((a, b) => a - b));
    });

    it.each([[['a']], [[1, 2]], [[]]])('refuses %j, a cursor of another list', async (position) => {
      const { gitlab, repo } = subject;
      const refusal = { code: 'validation_failed' };
      const cursor = encodeCursor(position);
      await expect(gitlab.listProjects({ cursor })).rejects.toMatchObject(refusal);
      const longer = encodeCursor([...position, 'b', 'c']);
      await expect(gitlab.listBranches(repo.projectId, { cursor: longer })).rejects.toMatchObject(refusal);
    });

    it('says which project is missing', async () => {
      await expect(subject.gitlab.project(2_000_000_000)).rejects.toMatchObject({
        code: 'project_not_found',
      });
    });
  });

  describe('branches', () => {
    it('returns the present head', async () => {
      const { gitlab, repo } = subject;
      const before = await gitlab.branch(repo.projectId, repo.branch);
      const head = await subject.push({ files: { 'a.md': 'a\n' } });
      const after = await gitlab.branch(repo.projectId, repo.branch);
      expect(before.head.id).not.toBe(head);
      expect(after).toMatchObject({ name: repo.branch, head: { id: head }, default: true, canPush: true });
    });

    it('says which branch is missing', async () => {
      const missing = subject.gitlab.branch(subject.repo.projectId, 'no/such-branch');
      await expect(missing).rejects.toMatchObject({ code: 'branch_not_found', branch: 'no/such-branch' });
    });

    it('takes a malformed name for a missing branch', async () => {
      const missing = subject.gitlab.branch(subject.repo.projectId, 'a..b');
      await expect(missing).rejects.toMatchObject({ code: 'branch_not_found' });
    });

    it('finds no branch in an empty repository', async () => {
      const { gitlab, emptyRepo } = subject;
      await expect(gitlab.branch(emptyRepo.projectId, emptyRepo.branch)).rejects.toMatchObject({
        code: 'branch_not_found',
      });
      const { items } = await gitlab.listBranches(emptyRepo.projectId, {});
      expect(items).toEqual([]);
    });
  });
}
