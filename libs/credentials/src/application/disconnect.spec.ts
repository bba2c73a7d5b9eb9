import { FakeAct } from '@app/audit/testing';
import { ACME, givenAccounts, type Accounts } from '../../../../test/support/accounts';

describe('Disconnecting', () => {
  let accounts: Accounts;
  beforeEach(() => (accounts = givenAccounts()));

  it('destroys the token, also a dead one of an instance that is gone', async () => {
    const token = accounts.selfHosted.givenToken('ada');
    const { id } = await accounts.connect(token.value, accounts.selfHosted.url);
    token.revoked = true;
    accounts.selfHosted.url = 'https://gone.test';
    await accounts.events();
    await accounts.credentials.disconnect(ACME, new FakeAct());
    expect(await accounts.credentials.connection(ACME)).toBeNull();
    await expect(accounts.credentials.gitlab(ACME)).rejects.toMatchObject({ code: 'not_connected' });
    expect(await accounts.events()).toEqual([{ name: 'connection.removed.v1', org: ACME, connectionId: id }]);
  });

  it('works without the key the token was sealed with', async () => {
    await accounts.connect(accounts.gitlab.givenToken('ada').value);
    accounts.keys.rotate();
    accounts.keys.forget('key-1');
    await accounts.credentials.disconnect(ACME, new FakeAct());
    expect(await accounts.credentials.connection(ACME)).toBeNull();
  });

  it('destroys what others keep secret with the token, all or nothing', async () => {
    await accounts.connect(accounts.gitlab.givenToken('ada').value);
    const destroyed: string[] = [];
    let works = false;
    accounts.credentials.onDisconnect(async ({ org }) => {
      if (!works) throw new Error('not now');
      destroyed.push(org);
      return null;
    });
    await expect(accounts.credentials.disconnect(ACME, new FakeAct())).rejects.toThrow('not now');
    expect(await accounts.credentials.connection(ACME)).not.toBeNull();
    works = true;
    await accounts.credentials.disconnect(ACME, new FakeAct());
    expect(destroyed).toEqual([ACME]);
  });

  it('is refused if nothing is connected', async () => {
    await expect(accounts.credentials.disconnect(ACME, new FakeAct())).rejects.toMatchObject({
      code: 'not_connected',
      kind: 'conflict',
    });
    expect(await accounts.events()).toEqual([]);
  });
});
