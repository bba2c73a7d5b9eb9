import { inspect } from 'node:util';
import { FakeAct } from '@app/audit/testing';
import { orgId } from '@app/kernel';
import { ACME, givenAccounts, type Accounts } from '../../../../test/support/accounts';

describe('Connecting', () => {
  let accounts: Accounts;
  beforeEach(() => (accounts = givenAccounts()));

  it('stores the facts that GitLab returns about the token', async () => {
    const expiresAt = new Date('2026-06-01T00:00:00Z');
    const { value } = accounts.gitlab.givenToken('ada', { scopes: ['api', 'read_user'], expiresAt });
    const connection = await accounts.connect(value);
    expect(connection).toEqual({
      id: expect.any(String),
      generation: expect.any(String),
      org: ACME,
      ...{ selfRotation: false, rotatedAt: null, rotation: null, warned: null },
      instanceUrl: 'https://gitlab.com',
      username: 'ada',
      tokenKind: 'personal',
      scopes: ['api', 'read_user'],
      expiresAt,
      canCreateProjects: true,
      granular: false,
      connectedAt: accounts.clock.now(),
      connectedBy: 'Ada',
    });
    expect(await accounts.credentials.connection(ACME)).toEqual(connection);
  });

  it.each(['', '  ', undefined, 'https://gitlab.com/ada/context', 'gitlab.com'])(
    'takes %j as gitlab.com',
    async (instanceUrl) => {
      const { value } = accounts.gitlab.givenToken('ada');
      expect((await accounts.connect(value, instanceUrl)).instanceUrl).toBe('https://gitlab.com');
    },
  );

  it('takes a project URL of a self-hosted instance as its host and port', async () => {
    const { value } = accounts.selfHosted.givenToken('ada');
    const connection = await accounts.connect(value, 'https://gitlab.acme.test:8443/ada/context/-/tree/main');
    expect(connection.instanceUrl).toBe('https://gitlab.acme.test:8443');
  });

  it('distinguishes project and group tokens from personal ones', async () => {
    const ofProject = await accounts.connect(accounts.gitlab.givenProjectToken(accounts.project).value);
    expect(ofProject).toMatchObject({ tokenKind: 'project', canCreateProjects: false });
    const ofGroup = await accounts.connect(accounts.gitlab.givenGroupToken('acme').value);
    expect(ofGroup).toMatchObject({ tokenKind: 'group', canCreateProjects: false });
  });

  it('announces the connection once it is stored', async () => {
    const { id, generation } = await accounts.connect(accounts.gitlab.givenToken('ada').value);
    expect(await accounts.events()).toEqual([
      { name: 'connection.changed.v1', org: ACME, connectionId: id, generation },
    ]);
  });

  it('opens a GitLab that works with the stored token', async () => {
    await accounts.connect(accounts.gitlab.givenToken('ada').value);
    const gitlab = await accounts.credentials.gitlab(ACME);
    expect((await gitlab.whoAmI()).username).toBe('ada');
  });

  it('hands the options on to the GitLab it opens', async () => {
    await accounts.connect(accounts.gitlab.givenToken('ada').value);
    let requests = 0;
    const gitlab = await accounts.credentials.gitlab(ACME, { onRequest: () => requests++ });
    await gitlab.whoAmI();
    expect(requests).toBe(1);
  });

  it('keeps the id and makes a new generation for the same instance', async () => {
    const first = await accounts.connect(accounts.gitlab.givenToken('ada').value);
    const second = await accounts.connect(accounts.gitlab.givenToken('eve').value, 'https://gitlab.com/x');
    expect(second.id).toBe(first.id);
    expect(second.generation).not.toBe(first.generation);
    expect(await accounts.credentials.connection(ACME)).toEqual(second);
  });

  it('makes a new id for another instance', async () => {
    const first = await accounts.connect(accounts.gitlab.givenToken('ada').value);
    const { value } = accounts.selfHosted.givenToken('ada');
    const second = await accounts.connect(value, accounts.selfHosted.url);
    expect(second.id).not.toBe(first.id);
  });

  it('makes a new id after a disconnect', async () => {
    const { value } = accounts.gitlab.givenToken('ada');
    const first = await accounts.connect(value);
    await accounts.credentials.disconnect(ACME, new FakeAct());
    expect((await accounts.connect(value)).id).not.toBe(first.id);
  });

  it('keeps orgs apart', async () => {
    const { value } = accounts.gitlab.givenToken('ada');
    const mine = await accounts.connect(value);
    const theirs = await accounts.connect(value, '', orgId('other'));
    expect(theirs.id).not.toBe(mine.id);
    await accounts.credentials.disconnect(ACME, new FakeAct());
    expect(await accounts.credentials.connection(orgId('other'))).toEqual(theirs);
  });

  describe('is refused, changing nothing,', () => {
    const refusals: readonly [string, string, (accounts: Accounts) => readonly [string, string?]][] = [
      ['an unknown token', 'token_rejected', () => ['glpat-unknown']],
      ['an expired token', 'token_rejected', ({ gitlab }) => [expired(gitlab)]],
      [
        'a revoked token',
        'token_rejected',
        ({ gitlab }) => [gitlab.givenToken('eve', { revoked: true }).value],
      ],
      ['no api scope', 'token_scope_missing', ({ gitlab }) => [readOnly(gitlab)]],
      ['an unknown host', 'instance_unreachable', ({ gitlab }) => [valid(gitlab), 'https://nowhere.test']],
      ['another scheme', 'validation_failed', ({ gitlab }) => [valid(gitlab), 'ftp://gitlab.com']],
      ['user info', 'validation_failed', ({ gitlab }) => [valid(gitlab), 'https://a:b@gitlab.com']],
    ];
    const valid = (gitlab: Accounts['gitlab']) => gitlab.givenToken('eve').value;
    const expired = (gitlab: Accounts['gitlab']) =>
      gitlab.givenToken('eve', { expiresAt: new Date('2025-01-01T00:00:00Z') }).value;
    const readOnly = (gitlab: Accounts['gitlab']) => gitlab.givenToken('eve', { scopes: ['read_api'] }).value;

    it.each(refusals)('for %s: %s', async (_, code, given) => {
      const before = await accounts.connect(accounts.gitlab.givenToken('ada').value);
      await accounts.events();
      const [token, instanceUrl] = given(accounts);
      const error = await accounts.connect(token, instanceUrl).catch((error: unknown) => error);
      expect(error).toMatchObject({ code });
      expect(inspect(error, { depth: 9 })).not.toContain(token);
      expect(await accounts.credentials.connection(ACME)).toEqual(before);
      expect((await (await accounts.credentials.gitlab(ACME)).whoAmI()).username).toBe('ada');
      expect(await accounts.events()).toEqual([]);
    });
  });
});

describe('The token', () => {
  it('appears in nothing that is stored, answered, published or printed', async () => {
    const accounts = givenAccounts();
    const { value } = accounts.gitlab.givenToken('ada');
    const connection = await accounts.connect(value);
    const { credentials, tables } = accounts;
    const stored = tables.table('gitlab_connections').values();
    const { vault } = credentials;
    const seen = [
      connection,
      stored,
      vault,
      await credentials.check(ACME, new FakeAct()),
      await accounts.events(),
    ];
    expect(stored).toHaveLength(1);
    expect(inspect(seen, { depth: 20, showHidden: true })).not.toContain(value);
    expect(JSON.stringify(seen)).not.toContain(value);
  });

  it('is brought under a new key, after which the former one is not needed', async () => {
    const accounts = givenAccounts();
    await accounts.connect(accounts.gitlab.givenToken('ada').value);
    await accounts.connect(accounts.gitlab.givenToken('eve').value, '', orgId('other'));
    const former = accounts.keys.current().id;
    accounts.keys.rotate();
    expect(await accounts.rewrap.execute()).toEqual({ count: 2, failed: [] });
    accounts.keys.forget(former);
    expect((await (await accounts.credentials.gitlab(ACME)).whoAmI()).username).toBe('ada');
  });

  it('stays unchanged if no key opens it, and does not stop the others', async () => {
    const accounts = givenAccounts();
    await accounts.connect(accounts.gitlab.givenToken('ada').value);
    const lost = accounts.keys.current();
    accounts.keys.rotate();
    const other = orgId('other');
    await accounts.connect(accounts.gitlab.givenToken('eve').value, '', other);
    accounts.keys.rotate();
    accounts.keys.forget(lost.id);
    const stored = () => accounts.tables.table('gitlab_connections').get(ACME);
    const before = stored();
    expect(await accounts.rewrap.execute()).toEqual({ count: 1, failed: [ACME] });
    expect(stored()).toEqual(before);
  });

  it('cannot be used without its key, and the error names the key', async () => {
    const accounts = givenAccounts();
    await accounts.connect(accounts.gitlab.givenToken('ada').value);
    const { id } = accounts.keys.current();
    accounts.keys.rotate();
    accounts.keys.forget(id);
    await expect(accounts.credentials.gitlab(ACME)).rejects.toMatchObject({
      code: 'vault_key_unknown',
      message: expect.stringContaining(id),
    });
  });
});
