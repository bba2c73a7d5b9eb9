import type { GitLab } from '@app/gitlab';
import type { AdministeredSubject, Arrange } from './subject';
import { create, request } from './writing';

/** What kinds of token there are, and what becomes of the bad ones (§1). */
export function describeTokens(arrange: Arrange<AdministeredSubject>): void {
  let subject: AdministeredSubject;
  beforeEach(async () => {
    subject = await arrange();
  });
  afterEach(() => subject.dispose());

  const withToken = (more: Parameters<AdministeredSubject['instance']['givenToken']>[1]): GitLab =>
    subject.open(subject.instance.givenToken('ada', more).value);
  const commit = (gitlab: GitLab) => gitlab.commit(subject.repo, request(null, [create('new.md', 'new\n')]));

  it('of a person tells who they are', async () => {
    const expiresAt = new Date('2027-01-01T00:00:00Z');
    expect(await withToken({ expiresAt }).whoAmI()).toEqual({
      username: 'ada',
      kind: 'personal',
      scopes: ['api'],
      expiresAt,
      canCreateProjects: true,
      granular: false,
    });
  });

  it.each(['project', 'group'] as const)(
    'of a %s is known as such, and creates no projects',
    async (kind) => {
      const { instance, repo } = subject;
      const token =
        kind === 'project' ? instance.givenProjectToken(repo.projectId) : instance.givenGroupToken('team');
      const gitlab = subject.open(token.value);
      expect(await gitlab.whoAmI()).toMatchObject({ kind, canCreateProjects: false });
      await expect(gitlab.createProject('New')).rejects.toMatchObject({
        code: 'token_cannot_create_projects',
      });
    },
  );

  it('that nobody knows is rejected', async () => {
    await expect(subject.open('glpat-unknown').whoAmI()).rejects.toMatchObject({
      code: 'token_rejected',
      reason: 'invalid',
    });
  });

  it.each([
    ['expired', { expiresAt: new Date('2020-01-01T00:00:00Z') }],
    ['revoked', { revoked: true }],
  ] as const)('that is %s is rejected as such, by every call', async (reason, more) => {
    const gitlab = withToken(more);
    const rejected = { code: 'token_rejected', reason };
    await expect(gitlab.whoAmI()).rejects.toMatchObject(rejected);
    await expect(gitlab.project(subject.repo.projectId)).rejects.toMatchObject(rejected);
    await expect(commit(gitlab)).rejects.toMatchObject(rejected);
  });

  it('of a blocked user is rejected as such', async () => {
    const user = subject.instance.givenUser('mallory');
    user.state = 'blocked';
    const gitlab = subject.open(subject.instance.givenToken(user).value);
    await expect(gitlab.whoAmI()).rejects.toMatchObject({ code: 'token_rejected', reason: 'blocked' });
  });

  it.each([[['read_api']], [['read_user', 'read_repository']]])(
    'with %j alone lacks the api scope',
    async (scopes) => {
      const gitlab = withToken({ scopes });
      const missing = { code: 'token_scope_missing', missing: ['api'] };
      await expect(gitlab.whoAmI()).rejects.toMatchObject(missing);
      await expect(commit(gitlab)).rejects.toMatchObject(missing);
    },
  );

  it('that is fine-grained is looked at without /user, and shows its lacks when used', async () => {
    const permissions = ['read_project', 'read_branch', 'read_user'];
    const gitlab = withToken({ scopes: ['granular'], permissions });
    expect(await gitlab.whoAmI()).toMatchObject({ granular: true });
    expect(await withToken({ scopes: ['granular'], permissions: [] }).whoAmI()).toMatchObject({
      granular: true,
    });
    expect(await gitlab.branch(subject.repo.projectId, 'main')).toMatchObject({ canPush: false });
    await expect(commit(gitlab)).rejects.toMatchObject({ code: 'token_scope_missing' });
  });
}
