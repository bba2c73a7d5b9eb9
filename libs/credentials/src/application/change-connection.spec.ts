import { FakeAct } from '@app/audit/testing';
import { Secret } from '@app/kernel';
import { ACME, givenAccounts, type Accounts } from '../../../../test/support/accounts';

describe('Replacing the token of a connection', () => {
  let accounts: Accounts;
  beforeEach(async () => {
    accounts = givenAccounts();
    await accounts.connect(accounts.gitlab.givenToken('ada').value);
    await accounts.events();
  });

  const replaceBy = (token: string, act = new FakeAct()) =>
    accounts.credentials.change({ org: ACME, token: new Secret(token) }, act);
  const connection = async () => (await accounts.credentials.connection(ACME))!;

  it('uses the new one from then on, and keeps the connection', async () => {
    const before = await connection();
    const expiresAt = new Date('2026-09-01T00:00:00Z');
    const { value } = accounts.gitlab.givenToken('ada', { scopes: ['api', 'read_user'], expiresAt });
    accounts.clock.advance(1_000);
    const after = await replaceBy(value);
    expect(after).toEqual({
      ...before,
      scopes: ['api', 'read_user'],
      expiresAt,
      rotatedAt: accounts.clock.now(),
    });
    expect(await connection()).toEqual(after);
    accounts.gitlab.accounts.allTokens.find((token) => token.value !== value)!.revoked = true;
    expect((await (await accounts.credentials.gitlab(ACME)).whoAmI()).username).toBe('ada');
  });

  it('is recorded, and announced so that what had stopped goes on', async () => {
    const act = new FakeAct();
    const { id, generation } = await replaceBy(accounts.gitlab.givenToken('ada').value, act);
    expect(act.recorded).toEqual(['https://gitlab.com']);
    expect(await accounts.events()).toEqual([
      { name: 'connection.changed.v1', org: ACME, connectionId: id, generation },
    ]);
  });

  it('resets the lifecycle of the former token, and may enable self-rotation', async () => {
    const { value } = accounts.gitlab.givenToken('ada');
    const change = { org: ACME, token: new Secret(value), selfRotation: true };
    expect(await accounts.credentials.change(change, new FakeAct())).toMatchObject({
      ...{ selfRotation: true, rotation: null, warned: null },
    });
  });

  const refusals: readonly (readonly [string, string, (accounts: Accounts) => string])[] = [
    ['of another user', 'token_of_another_user', ({ gitlab }) => gitlab.givenToken('eve').value],
    ['of a project', 'token_of_another_user', (all) => all.gitlab.givenProjectToken(all.project).value],
    ['of another instance', 'token_rejected', ({ selfHosted }) => selfHosted.givenToken('bob').value],
    [
      'without the api scope',
      'token_scope_missing',
      ({ gitlab }) => gitlab.givenToken('ada', { scopes: ['read_api'] }).value,
    ],
  ];
  it.each(refusals)('refuses one %s: %s, changing nothing', async (_, code, given) => {
    const before = await connection();
    const act = new FakeAct();
    await expect(replaceBy(given(accounts), act)).rejects.toMatchObject({ code });
    expect(await connection()).toEqual(before);
    expect(act.recorded).toEqual([]);
    expect(await accounts.events()).toEqual([]);
  });

  it('refuses one whose user is no longer the connected one by the time it is stored', async () => {
    const { value } = accounts.gitlab.givenToken('ada');
    let reconnect = true;
    accounts.gitlab.calls.before = async () => {
      if (!reconnect) return;
      reconnect = false;
      await accounts.connect(accounts.gitlab.givenToken('eve').value);
    };
    await expect(replaceBy(value)).rejects.toMatchObject({ code: 'token_of_another_user' });
    expect((await connection()).username).toBe('eve');
  });

  it('needs a connection', async () => {
    await accounts.credentials.disconnect(ACME, new FakeAct());
    await expect(replaceBy(accounts.gitlab.givenToken('ada').value)).rejects.toMatchObject({
      code: 'not_connected',
    });
  });
});
