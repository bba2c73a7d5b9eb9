import type { GitLab, Project } from '@app/gitlab';
import { allPages, collectFiles } from './collect';
import { request as hookRequest } from './hooks';
import { NOWHERE } from './subject';
import type { AdministeredSubject, Arrange } from './subject';
import { create, request } from './writing';

/** Describes the rights to see, push and administer (docs/gitlab-api.md#projects, #branches, #commit-answers). */
export function describeRights(arrange: Arrange<AdministeredSubject>): void {
  let subject: AdministeredSubject;
  beforeEach(async () => {
    subject = await arrange();
  });
  afterEach(() => subject.dispose());

  const commit = (gitlab: GitLab) => gitlab.commit(subject.repo, request(null, [create('new.md', 'new\n')]));

  describe('a project', () => {
    it('is created private, empty, in the own namespace', async () => {
      const project = await subject.gitlab.createProject('Dot Context');
      expect(project).toMatchObject({
        name: 'Dot Context',
        pathWithNamespace: 'ada/dot-context',
        emptyRepo: true,
      });
      expect(subject.instance.project(project.id).visibility).toBe('private');
      expect(await subject.gitlab.project(project.id)).toMatchObject({ id: project.id });
    });

    it('is not created under a name that is taken', async () => {
      await subject.gitlab.createProject('Dot Context');
      await expect(subject.gitlab.createProject('Dot Context')).rejects.toMatchObject({
        code: 'project_name_taken',
      });
    });

    it('is not created under a name GitLab does not take', async () => {
      await expect(subject.gitlab.createProject('/?')).rejects.toMatchObject({ code: 'validation_failed' });
    });

    it('is listed to members with push rights, and found by name', async () => {
      const { instance } = subject;
      for (const name of ['alpha', 'beta', 'gamma']) instance.givenProject(`team/${name}`);
      const bob = instance.givenUser('bob');
      instance.givenMember('team/alpha', bob, 30);
      instance.givenMember('team/beta', bob, 20);
      instance.givenMember('team/gamma', bob, 40);
      const gitlab = subject.open(instance.givenToken(bob).value);
      const names = async (search?: string) =>
        (await allPages((cursor) => gitlab.listProjects({ limit: 1, cursor, search }))).map(
          ({ name }) => name,
        );
      expect(await names()).toEqual(['alpha', 'gamma']);
      expect(await names('amm')).toEqual(['gamma']);
      instance.markForDeletion('team/gamma');
      expect(await names()).toEqual(['alpha']);
    });

    it('that the token may not see is missing, not forbidden', async () => {
      const { instance, repo } = subject;
      const stranger = subject.open(instance.givenToken('stranger').value);
      const missing = { code: 'project_not_found' };
      await expect(stranger.project(repo.projectId)).rejects.toMatchObject(missing);
      await expect(stranger.branch(repo.projectId, 'main')).rejects.toMatchObject(missing);
      await expect(stranger.tree(repo, NOWHERE)).rejects.toMatchObject(missing);
      await expect(commit(stranger)).rejects.toMatchObject(missing);
      await expect(stranger.listHooks(repo.projectId)).rejects.toMatchObject(missing);
    });

    it('that was deleted is missing', async () => {
      subject.instance.deleteProject(subject.repo.projectId);
      const { gitlab, repo } = subject;
      await expect(gitlab.changesSince(repo, NOWHERE)).rejects.toMatchObject({
        code: 'project_not_found',
      });
      await expect(commit(gitlab)).rejects.toMatchObject({ code: 'project_not_found' });
    });

    it('that was moved is served by its id', async () => {
      const { instance, gitlab, repo } = subject;
      instance.move(repo.projectId, 'elsewhere/renamed');
      const { head } = await gitlab.branch(repo.projectId, 'main');
      expect(await gitlab.project(repo.projectId)).toMatchObject({ pathWithNamespace: 'elsewhere/renamed' });
      const files = await collectFiles(gitlab, repo, head.id, ['README.md', 'x.md']);
      expect([...files.keys()]).toEqual(['README.md']);
      await expect(commit(gitlab)).resolves.toMatchObject({ parents: [head.id] });
    });

    const asking: Record<string, (gitlab: GitLab, at: string) => Promise<unknown>> = {
      changesSince: (gitlab, at) => gitlab.changesSince(subject.repo, at),
      readFiles: (gitlab, at) => collectFiles(gitlab, subject.repo, at, ['README.md']),
    };

    it.each(Object.entries(asking))(
      'that was moved is reported by %s, once for each path',
      async (_call, ask) => {
        const { instance, repo } = subject;
        const reported: string[] = [];
        const onProjectMoved = async ({ id, pathWithNamespace, webUrl }: Project) =>
          void reported.push(`${id} ${pathWithNamespace} ${webUrl}`);
        const gitlab = subject.open(instance.givenToken('ada').value, { onProjectMoved });
        const { head } = await gitlab.branch(repo.projectId, 'main');
        await ask(gitlab, head.id);
        expect(reported).toEqual([]);
        for (const path of ['elsewhere/renamed', 'elsewhere/again']) {
          instance.move(repo.projectId, path);
          await ask(gitlab, head.id);
          await ask(gitlab, head.id);
          expect(reported.splice(0)).toEqual([`${repo.projectId} ${path} ${instance.url}/${path}`]);
        }
      },
    );

    it('that is archived is read, and takes no commits', async () => {
      const { instance, gitlab, repo } = subject;
      instance.archive(repo.projectId);
      expect(await gitlab.project(repo.projectId)).toMatchObject({ archived: true });
      expect(await gitlab.branch(repo.projectId, 'main')).toMatchObject({ canPush: false });
      await expect(commit(gitlab)).rejects.toMatchObject({ code: 'project_archived' });
    });
  });

  describe('a branch', () => {
    it.each([
      ['protected from developers', 30, 40, false],
      ['protected from all but developers and up', 30, 30, true],
      ['protected from everyone', 40, 0, false],
    ] as const)('%s is pushed to accordingly', async (_what, role, pushLevel, allowed) => {
      const { instance, repo } = subject;
      const bob = instance.givenUser('bob');
      instance.givenMember(repo.projectId, bob, role);
      instance.protect(repo.projectId, 'main', pushLevel);
      const gitlab = subject.open(instance.givenToken(bob).value);
      expect(await gitlab.branch(repo.projectId, 'main')).toMatchObject({
        protected: true,
        canPush: allowed,
      });
      const outcome = await commit(gitlab).then(
        () => 'made',
        ({ code }) => code,
      );
      expect(outcome).toBe(allowed ? 'made' : 'branch_protected');
    });

    it('is not pushed to by a reporter', async () => {
      const { instance, repo } = subject;
      instance.givenMember(repo.projectId, 'bob', 20);
      const gitlab = subject.open(instance.givenToken('bob').value);
      await expect(commit(gitlab)).rejects.toMatchObject({ code: 'branch_protected' });
    });

    it.each([
      ['when it is there', false],
      ['beforehand', true],
    ])('that is the first, protected %s, is open to a developer once', async (_when, beforehand) => {
      const { instance, emptyRepo } = subject;
      if (beforehand) instance.protect(emptyRepo.projectId, 'main');
      instance.givenMember(emptyRepo.projectId, 'bob', 30);
      const gitlab = subject.open(instance.givenToken('bob').value);
      const first = await gitlab.commit(emptyRepo, request(null, [create('a.md', 'a\n')]));
      const second = gitlab.commit(emptyRepo, request(first.id, [create('b.md', 'b\n')]));
      await expect(second).rejects.toMatchObject({ code: 'branch_protected' });
    });

    it('is listed with the others, in pages, and searched', async () => {
      const { instance, gitlab, repo } = subject;
      for (const name of ['docs/a', 'docs/b', 'zeta']) instance.git.createBranch(repo.projectId, name);
      const names = async (search?: string) => {
        const pages = (cursor: string | null) =>
          gitlab.listBranches(repo.projectId, { limit: 2, cursor, search });
        return (await allPages(pages)).map(({ name }) => name);
      };
      expect(await names()).toEqual(['docs/a', 'docs/b', 'main', 'zeta']);
      expect(await names('docs')).toEqual(['docs/a', 'docs/b']);
    });

    it('that was deleted and created again is returned as it is', async () => {
      const { instance, gitlab, repo } = subject;
      const since = await subject.push({ files: { 'a.md': 'a\n' } });
      instance.git.createBranch(repo.projectId, 'keep');
      instance.git.deleteBranch(repo.projectId, 'main');
      await expect(gitlab.changesSince(repo, since)).rejects.toMatchObject({ code: 'branch_not_found' });
      const orphan = instance.git.forcePush(repo.projectId, 'main', { files: { 'b.md': 'b\n' } });
      const changes = await gitlab.changesSince(repo, since);
      expect(changes.head.id).toBe(orphan);
      expect(changes.commits.map(({ id }) => id)).toEqual([orphan]);
      expect(changes.paths?.map(({ path }) => path).sort()).toEqual(['README.md', 'a.md', 'b.md']);
    });
  });

  describe('webhooks', () => {
    it('need the Maintainer role', async () => {
      const { instance, repo } = subject;
      instance.givenMember(repo.projectId, 'bob', 30);
      const gitlab = subject.open(instance.givenToken('bob').value);
      const refused = { code: 'webhook_not_permitted' };
      await expect(gitlab.createHook(repo.projectId, hookRequest())).rejects.toMatchObject(refused);
      await expect(gitlab.listHooks(repo.projectId)).rejects.toMatchObject(refused);
      await expect(gitlab.deleteHook(repo.projectId, 1)).rejects.toMatchObject(refused);
    });

    it('report if GitLab accepted the signing token', async () => {
      const hook = await subject.gitlab.createHook(subject.repo.projectId, hookRequest());
      expect(hook.signingTokenPresent).toBe(true);
    });
  });
}
