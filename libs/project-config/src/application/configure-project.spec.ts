import { FakeAct } from '@app/audit/testing';
import { orgId, Scope } from '@app/kernel';
import type { ConfigureRequest } from '@app/project-config';
import { ACME, givenAccounts, type Accounts } from '../../../../test/support/accounts';

describe('Configuring a project', () => {
  let accounts: Accounts;
  let projectId: number;
  const configure = (request: Partial<ConfigureRequest>) =>
    accounts.projects.configure({ org: ACME, ...request }, new FakeAct());
  beforeEach(async () => {
    accounts = givenAccounts();
    projectId = accounts.project.id;
    await accounts.connect(accounts.gitlab.givenToken('ada').value);
    await accounts.events();
  });

  it('takes the default branch, the default directories, auto-sync off and auto-pull on', async () => {
    const target = await configure({ projectId });
    expect(target).toEqual({
      id: expect.any(String),
      org: ACME,
      connectionId: (await accounts.credentials.connection(ACME))?.id,
      projectId,
      pathWithNamespace: 'ada/context',
      webUrl: 'https://gitlab.com/ada/context',
      branch: 'main',
      scope: new Scope(),
      warnings: expect.any(Array),
      autoSync: false,
      autoPull: true,
      messagePrefix: '',
      fallbackAuthor: false,
      reportStatus: 'off',
      publish: 'direct',
      workBranch: 'dot/context',
      quietSeconds: 30,
      created: false,
      onConflict: 'newest',
      configuredAt: accounts.clock.now(),
      configuredBy: 'Ada',
    });
    expect(await accounts.projects.target(ACME)).toEqual(target);
    expect(await accounts.events()).toEqual([
      { name: 'target.changed.v1', org: ACME, targetId: target.id, what: 'target' },
    ]);
  });

  it("takes whatever branch GitLab made the project's default", async () => {
    const { id } = accounts.gitlab.givenProject('ada/old', {
      defaultBranch: 'master',
      files: { 'a.md': 'a' },
    });
    expect((await configure({ projectId: id })).branch).toBe('master');
  });

  it('stores what the admin chose', async () => {
    accounts.gitlab.git.push(accounts.project, 'side/one', { files: { 'b.md': 'b' } });
    const choice = { branch: 'side/one', directories: ['docs/', 'README.md'], onConflict: 'gitlab' } as const;
    const target = await configure({ projectId, ...choice });
    expect(target).toMatchObject({ branch: 'side/one', onConflict: 'gitlab' });
    expect(target.scope.directories).toEqual(['docs', 'README.md']);
  });

  describe('describes the problem of the directories', () => {
    const warned = async (request: Partial<ConfigureRequest>) =>
      accounts.projects.warnings(await configure({ projectId, ...request }));
    beforeEach(() => {
      accounts.gitlab.git.push(accounts.project, 'main', { files: { 'docs/a.md': 'a', 'notes/b.md': 'b' } });
    });

    it('and what would do', async () => {
      expect(await warned({ directories: ['DOCS', 'notes', 'docs/*'] })).toEqual([
        'DOCS matches nothing, because upper and lower case differ; name docs instead',
        'docs/* is a pattern, and patterns are not supported; name docs instead',
      ]);
      expect(await warned({ directories: ['docs'] })).toEqual([]);
      expect(await warned({})).toEqual([]);
    });

    it('as long as Dot has no file there', async () => {
      const files = ['wiki', 'DOCS'];
      accounts.projects.addEvidence({ has: async (org, entry) => org === ACME && files.includes(entry) });
      expect(await warned({ directories: ['DOCS', 'wiki', 'wikis'] })).toEqual([
        expect.stringMatching(/^wikis matches nothing/),
      ]);
    });

    it('not if GitLab does not answer: nothing is refused for it', async () => {
      accounts.gitlab.calls.faults.add({
        fault: { kind: 'server-error', status: 503, body: 'json' },
        on: 'tree',
        times: Infinity,
      });
      expect(await warned({ directories: ['DOCS'] })).toEqual([]);
    });

    it('not for an empty repository', async () => {
      const { id } = accounts.gitlab.givenProject('ada/empty');
      expect(await warned({ projectId: id, directories: ['DOCS', '*'] })).toEqual([]);
    });
  });

  it('does not refuse a protected branch beforehand', async () => {
    accounts.gitlab.protect(accounts.project, 'main', 0);
    expect(await configure({ projectId })).toMatchObject({ branch: 'main' });
  });

  it('takes any branch of an empty repository: the first push makes it', async () => {
    const { id } = accounts.gitlab.givenProject('ada/empty');
    expect(await configure({ projectId: id })).toMatchObject({ branch: 'main' });
    expect(await configure({ projectId: id, branch: 'other' })).toMatchObject({ branch: 'other' });
  });

  it('keeps id and switches when the same project and branch come again', async () => {
    const first = await configure({ projectId });
    await accounts.projects.update({ org: ACME, autoSync: true, autoPull: false }, new FakeAct());
    await accounts.events();
    const { id } = first;
    const again = await configure({ projectId, directories: ['docs'] });
    expect(again).toMatchObject({ id, autoSync: true, autoPull: false });
    expect(await accounts.events()).toMatchObject([{ targetId: id, what: 'scope' }]);
    await configure({ projectId, directories: ['docs'], onConflict: 'dot' });
    expect(await accounts.events()).toMatchObject([{ targetId: id, what: 'settings' }]);
  });

  it('makes another target of another project', async () => {
    const other = accounts.gitlab.givenProject('ada/other', { files: { 'a.md': 'a' } });
    const first = await configure({ projectId });
    const second = await configure({ projectId: other.id });
    expect(second.id).not.toBe(first.id);
    expect(await accounts.projects.target(ACME)).toEqual(second);
  });

  it('does not change other orgs', async () => {
    const other = orgId('other');
    await accounts.connect(accounts.gitlab.givenToken('ada').value, '', other);
    await configure({ projectId });
    expect(await accounts.projects.target(other)).toBeNull();
    await expect(accounts.projects.requireTarget(other)).rejects.toMatchObject({ code: 'not_configured' });
  });

  describe('that is to be created', () => {
    it('creates a private, empty one in the namespace of the token', async () => {
      const target = await configure({ create: { name: ' Dot Context ' }, directories: ['notes'] });
      const made = accounts.gitlab.project(target.projectId);
      expect(made).toMatchObject({ name: 'Dot Context', visibility: 'private' });
      expect(made.repository.empty).toBe(true);
      expect(target).toMatchObject({ created: true, branch: 'main', autoSync: false });
      expect(target.pathWithNamespace).toMatch(/^ada\//);
    });

    it('creates none when the same request comes again', async () => {
      const first = await configure({ create: { name: 'Dot Context' } });
      const again = await configure({ create: { name: 'Dot Context' } });
      expect(again).toEqual(first);
      expect(accounts.gitlab.projects.all).toHaveLength(2);
    });

    it('creates another under another name', async () => {
      const first = await configure({ create: { name: 'Dot Context' } });
      const other = await configure({ create: { name: 'Other Context' } });
      expect(other.projectId).not.toBe(first.projectId);
    });

    it('does not take a project of another instance for the one it created', async () => {
      const first = await configure({ create: { name: 'Dot Context' } });
      const { selfHosted } = accounts;
      selfHosted.givenGroup('team');
      for (let id = 0; id < first.projectId;) {
        const theirs = selfHosted.givenProject(`team/context-${id}`, { name: 'Dot Context' });
        selfHosted.givenMember(theirs, 'ada', 40);
        id = theirs.id;
      }
      await accounts.connect(selfHosted.givenToken('ada').value, selfHosted.url);
      const target = await configure({ create: { name: 'Dot Context' } });
      expect(target.pathWithNamespace).toBe('ada/dot-context');
    });

    it('creates another when the first is gone', async () => {
      const first = await configure({ create: { name: 'Dot Context' } });
      accounts.gitlab.deleteProject(first.projectId);
      const again = await configure({ create: { name: 'Dot Context' } });
      expect(again.projectId).not.toBe(first.projectId);
    });

    it('stays “created” when its branch changes', async () => {
      const { projectId: made } = await configure({ create: { name: 'Dot Context' } });
      expect(await configure({ projectId: made, branch: 'side' })).toMatchObject({ created: true });
    });

    it('is refused to a project token, without asking GitLab', async () => {
      await accounts.connect(accounts.gitlab.givenProjectToken(accounts.project).value);
      accounts.gitlab.calls.reset();
      const refused = configure({ create: { name: 'Dot Context' } });
      await expect(refused).rejects.toMatchObject({ code: 'token_cannot_create_projects' });
      expect(accounts.gitlab.calls.all).toEqual([]);
    });
  });

  describe('is refused, changing nothing,', () => {
    const missing = 999_999;
    it.each<[string, string, (accounts: Accounts) => Partial<ConfigureRequest>]>([
      ['neither project nor create', 'validation_failed', () => ({})],
      ['both', 'validation_failed', ({ project }) => ({ projectId: project.id, create: { name: 'x' } })],
      [
        'bad directories',
        'validation_failed',
        ({ project }) => ({ projectId: project.id, directories: ['..'] }),
      ],
      ['a bad branch name', 'validation_failed', ({ project }) => ({ projectId: project.id, branch: 'a b' })],
      ['an invisible project', 'project_not_found', () => ({ projectId: missing })],
      [
        "someone else's project",
        'project_not_found',
        ({ gitlab }) => ({ projectId: gitlab.givenProject('eve/x').id }),
      ],
      ['an unknown branch', 'branch_not_found', ({ project }) => ({ projectId: project.id, branch: 'nope' })],
      [
        'an archived project',
        'project_archived',
        ({ gitlab }) => {
          const archived = gitlab.givenProject('ada/archived', { files: { 'a.md': 'a' } });
          gitlab.archive(archived);
          return { projectId: archived.id };
        },
      ],
      ['a name that is taken', 'project_name_taken', () => ({ create: { name: 'context' } })],
    ])('for %s: %s', async (_, code, given) => {
      const before = await configure({ projectId });
      const request = given(accounts);
      const { length } = accounts.gitlab.projects.all;
      await accounts.events();
      await expect(configure(request)).rejects.toMatchObject({ code });
      expect(await accounts.projects.target(ACME)).toEqual(before);
      expect(accounts.gitlab.projects.all).toHaveLength(length);
      expect(await accounts.events()).toEqual([]);
    });

    it('without a connection: not_connected', async () => {
      await accounts.credentials.disconnect(ACME, new FakeAct());
      await expect(configure({ projectId })).rejects.toMatchObject({ code: 'not_connected' });
    });

    it('with a dead token: token_rejected', async () => {
      const token = accounts.gitlab.givenToken('ada');
      await accounts.connect(token.value);
      token.revoked = true;
      await expect(configure({ projectId })).rejects.toMatchObject({ code: 'token_rejected' });
      expect(await accounts.projects.target(ACME)).toBeNull();
    });
  });
});
