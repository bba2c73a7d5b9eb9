import { FakeAct } from '@app/audit/testing';
import type { Check } from '@app/credentials';
import { ACME, givenAccounts, type Accounts } from '../../../../test/support/accounts';

type Token = ReturnType<Accounts['gitlab']['givenToken']>;

const states = (checks: readonly Check[]) => Object.fromEntries(checks.map(({ name, ok }) => [name, ok]));

describe('Checking the connection', () => {
  let accounts: Accounts;
  beforeEach(() => (accounts = givenAccounts()));

  it('is refused if nothing is connected', async () => {
    await expect(accounts.credentials.check(ACME, new FakeAct())).rejects.toMatchObject({
      code: 'not_connected',
    });
  });

  it('finds a good token good', async () => {
    const { id } = await accounts.connect(accounts.gitlab.givenToken('ada').value);
    await accounts.events();
    const { checks } = await accounts.credentials.check(ACME, new FakeAct());
    expect(states(checks)).toEqual({ instance: true, token: true, scope: true });
    expect(await accounts.events()).toEqual([
      { name: 'connection.checked.v1', org: ACME, connectionId: id, ok: true },
    ]);
  });

  it('stores what changed, and keeps id and generation', async () => {
    const token = accounts.gitlab.givenToken('ada');
    const before = await accounts.connect(token.value);
    token.scopes = ['api', 'read_user'];
    token.user.canCreateProject = false;
    token.expiresAt = new Date('2026-12-01T00:00:00Z');
    const { connection } = await accounts.credentials.check(ACME, new FakeAct());
    const { scopes, expiresAt } = token;
    expect(connection).toEqual({ ...before, scopes, expiresAt, canCreateProjects: false });
    expect(await accounts.credentials.connection(ACME)).toEqual(connection);
  });

  it.each<[string, object, (token: Token, accounts: Accounts) => void]>([
    ['revoked', { instance: true, token: false }, (token) => void (token.revoked = true)],
    ['expired', { instance: true, token: false }, (token) => void (token.expiresAt = new Date(0))],
    ['without its scope', { instance: true, token: true, scope: false }, (token) => void (token.scopes = [])],
    ['of a lost host', { instance: false }, (_, { gitlab }) => void (gitlab.url = 'https://gone.test')],
  ])('finds a token that is %s, and changes nothing', async (_, found, happensTo) => {
    const token = accounts.gitlab.givenToken('ada');
    const before = await accounts.connect(token.value);
    await accounts.events();
    happensTo(token, accounts);
    const { connection, checks } = await accounts.credentials.check(ACME, new FakeAct());
    expect(states(checks)).toEqual(found);
    expect(checks.at(-1)?.detail).toMatch(/connect again|lacks the api scope|Can't reach/);
    expect(connection).toEqual(before);
    expect(await accounts.credentials.connection(ACME)).toEqual(before);
    expect(await accounts.events()).toMatchObject([{ name: 'connection.checked.v1', ok: false }]);
  });

  it('does not note the facts of a token that is replaced meanwhile', async () => {
    await accounts.connect(accounts.gitlab.givenToken('ada').value);
    const next = accounts.gitlab.givenProjectToken(accounts.project);
    const { calls } = accounts.gitlab;
    calls.after = async () => {
      calls.after = () => undefined;
      await accounts.connect(next.value);
    };
    await accounts.credentials.check(ACME, new FakeAct());
    expect(await accounts.credentials.connection(ACME)).toMatchObject({ tokenKind: 'project' });
  });

  it('does not take a fine-grained token by its scopes', async () => {
    await accounts.connect(accounts.gitlab.givenToken('ada', { scopes: [], permissions: [] }).value);
    const { checks } = await accounts.credentials.check(ACME, new FakeAct());
    expect(checks.find(({ name }) => name === 'scope')).toMatchObject({
      ok: true,
      detail: expect.stringContaining('fine-grained'),
    });
  });

  describe('once a project is configured', () => {
    beforeEach(async () => {
      await accounts.connect(accounts.gitlab.givenToken('ada').value);
      await accounts.projects.configure({ org: ACME, projectId: accounts.project.id }, new FakeAct());
    });

    it('looks at the project and the push too', async () => {
      const { checks } = await accounts.credentials.check(ACME, new FakeAct());
      const all = { instance: true, token: true, scope: true, project: true, push: true };
      expect(states(checks)).toEqual(all);
    });

    it.each([
      ['archived', ['project', 'push'], (a: Accounts) => a.gitlab.archive(a.project)],
      ['gone', ['project', 'push'], (a: Accounts) => a.gitlab.deleteProject(a.project)],
      ['protected from it', ['push'], (a: Accounts) => a.gitlab.protect(a.project, 'main', 0)],
    ])('finds a project that is %s: not ok are %j', async (_, failing, happens) => {
      happens(accounts);
      const { checks } = await accounts.credentials.check(ACME, new FakeAct());
      expect(checks.filter(({ ok }) => !ok).map(({ name }) => name)).toEqual(failing);
    });

    it('looks at nothing of a project that belongs to a former connection', async () => {
      const { selfHosted } = accounts;
      await accounts.connect(selfHosted.givenToken('ada').value, selfHosted.url);
      const { checks } = await accounts.credentials.check(ACME, new FakeAct());
      expect(states(checks)).toEqual({ instance: true, token: true, scope: true });
    });
  });
});
