import type { GitLab } from '@app/gitlab';
import type { AdministeredSubject, Arrange } from './subject';
import { create, request } from './writing';

const DAY = 24 * 60 * 60 * 1000;

/** Describes the kinds of tokens, and the answers to bad ones (docs/gitlab-api.md#authentication). */
export function describeTokens(arrange: Arrange<AdministeredSubject>): void {
  let subject: AdministeredSubject;
  beforeEach(async () => {
    subject = await arrange();
  });
  afterEach(() => subject.dispose());

  const withToken = (more: Parameters<AdministeredSubject['instance']['givenToken']>[1]): GitLab =>
    subject.open(subject.instance.givenToken('ada', more).value);
  const commit = (gitlab: GitLab) => gitlab.commit(subject.repo, request(null, [create('new.md', 'new\n')]));

  it('of a person names that person', async () => {
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

  it('that does not exist is rejected', async () => {
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
    'with only %j lacks the api scope',
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

  describe('asked to rotate', () => {
    /** Days as GitLab counts them: from midnight to midnight. */
    const inDays = (days: number) => {
      const day = new Date(subject.instance.clock.now().getTime() + days * DAY);
      return new Date(day.toISOString().slice(0, 10));
    };
    const givenToken = (more: Parameters<AdministeredSubject['instance']['givenToken']>[1] = {}) =>
      subject.instance.givenToken('ada', { createdAt: inDays(-80), expiresAt: inDays(10), ...more });

    it('is dead, and has a successor that may do the same and lives as long as it did', async () => {
      const gitlab = subject.open(givenToken({ scopes: ['api', 'read_user'] }).value);
      const { token, expiresAt } = await gitlab.rotateToken();
      expect(expiresAt).toEqual(inDays(90));
      const successor = subject.open(token.reveal());
      const scopes = ['api', 'read_user'];
      expect(await successor.whoAmI()).toMatchObject({ username: 'ada', scopes, expiresAt });
      await expect(commit(successor)).resolves.toBeDefined();
      await expect(gitlab.whoAmI()).rejects.toMatchObject({ code: 'token_rejected', reason: 'revoked' });
    });

    it('once more, when it is dead, does not touch its successor', async () => {
      const gitlab = subject.open(givenToken().value);
      const { token } = await gitlab.rotateToken();
      const rejected = { code: 'token_rejected', reason: 'revoked' };
      await expect(gitlab.rotateToken()).rejects.toMatchObject(rejected);
      expect(await subject.open(token.reveal()).whoAmI()).toMatchObject({ username: 'ada' });
    });

    it('is rotated for bots as for people', async () => {
      const token = subject.instance.givenProjectToken(subject.repo.projectId);
      token.expiresAt = inDays(10);
      const successor = await subject.open(token.value).rotateToken();
      expect(await subject.open(successor.token.reveal()).whoAmI()).toMatchObject({ kind: 'project' });
    });

    it('is refused if it has no end, and stays valid', async () => {
      const gitlab = subject.open(givenToken({ expiresAt: null }).value);
      await expect(gitlab.rotateToken()).rejects.toMatchObject({ code: 'token_not_rotatable' });
      await expect(gitlab.whoAmI()).resolves.toMatchObject({ username: 'ada' });
    });

    it('is refused if the successor would live longer than the instance allows, and stays valid', async () => {
      const gitlab = subject.open(givenToken({ createdAt: inDays(-500) }).value);
      await expect(gitlab.rotateToken()).rejects.toMatchObject({ code: 'token_not_rotatable' });
      await expect(gitlab.whoAmI()).resolves.toMatchObject({ username: 'ada' });
    });

    it.each([
      ['has no scope for it', { scopes: ['read_api'] }, 'token_scope_missing'],
      ['has no permission for it', { permissions: ['read_project'] }, 'token_scope_missing'],
      ['is expired', { expiresAt: new Date('2020-01-01T00:00:00Z') }, 'token_rejected'],
      ['belongs to an app', { kind: 'oauth' as const }, 'token_not_rotatable'],
    ])('is refused if it %s', async (_, more, code) => {
      await expect(subject.open(givenToken(more).value).rotateToken()).rejects.toMatchObject({ code });
    });

    it.each([
      ['a reset', { kind: 'reset' }, 'ada'],
      ['a lost answer', { kind: 'answer-lost' }, 'token_rejected'],
      ['a truncated answer', { kind: 'truncated' }, 'token_rejected'],
    ] as const)(
      'after %s is sent once, and reading the token shows the outcome',
      async (_, fault, outcome) => {
        const gitlab = subject.open(givenToken().value);
        const { calls } = subject.instance;
        calls.faults.add({ fault, on: 'rotateToken', times: 100 });
        await expect(gitlab.rotateToken()).rejects.toMatchObject({
          code: 'gitlab_unavailable',
          outcomeUnknown: true,
        });
        expect(calls.all.filter(({ operation }) => operation === 'rotateToken')).toHaveLength(1);
        calls.faults.clear();
        const looked = await gitlab.whoAmI().then(
          ({ username }) => username,
          ({ code }) => code,
        );
        expect(looked).toBe(outcome);
      },
    );
  });
}
