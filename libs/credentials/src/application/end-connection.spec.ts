import { FakeAct } from '@app/audit/testing';
import { ACME, givenAccounts, type Accounts } from '../../../../test/support/accounts';

describe('The end of a connection', () => {
  let accounts: Accounts;
  beforeEach(async () => {
    accounts = givenAccounts();
    await accounts.connect(accounts.gitlab.givenToken('ada').value);
  });

  /** Registers a hook that asks GitLab for the token's user; resolves with the first result. */
  function givenCleanup(): Promise<string> {
    return new Promise((resolve) =>
      accounts.credentials.onDisconnect(async ({ instanceUrl }) => async (gitlab) => {
        try {
          resolve(`${(await gitlab.whoAmI()).username} of ${instanceUrl}`);
        } catch (error) {
          resolve((error as Error).message);
          throw error;
        }
      }),
    );
  }

  const moveToOtherInstance = () =>
    accounts.connect(accounts.selfHosted.givenToken('eve').value, accounts.selfHosted.url);

  it('lets others do a last thing with the token, after a disconnect', async () => {
    const cleanup = givenCleanup();
    await accounts.credentials.disconnect(ACME, new FakeAct());
    expect(await cleanup).toBe('ada of https://gitlab.com');
  });

  it('lets others do a last thing with the former token, after a move to another instance', async () => {
    const cleanup = givenCleanup();
    await moveToOtherInstance();
    expect(await cleanup).toBe('ada of https://gitlab.com');
  });

  it('does not come with another token of the same instance', async () => {
    const ended: string[] = [];
    accounts.credentials.onDisconnect(async ({ instanceUrl }) => {
      ended.push(instanceUrl);
      return null;
    });
    await accounts.connect(accounts.gitlab.givenToken('eve').value);
    expect(ended).toEqual([]);
    await moveToOtherInstance();
    expect(ended).toEqual(['https://gitlab.com']);
  });

  it('sends nothing to GitLab if the connection stays', async () => {
    accounts.credentials.onDisconnect(async () => async () => Promise.reject(new Error('said')));
    accounts.credentials.onDisconnect(() => Promise.reject(new Error('not now')));
    const before = accounts.gitlab.calls.all.length;
    await expect(accounts.credentials.disconnect(ACME, new FakeAct())).rejects.toThrow('not now');
    await expect(moveToOtherInstance()).rejects.toThrow('not now');
    expect(await accounts.credentials.connection(ACME)).toMatchObject({ instanceUrl: 'https://gitlab.com' });
    expect(accounts.gitlab.calls.all.length).toBe(before);
  });

  it('does not delay the disconnect, and waits five seconds for a silent GitLab', async () => {
    accounts.gitlab.calls.faults.add({ fault: { kind: 'latency', ms: 3_600_000 } });
    const answers: string[] = [];
    const cleanup = givenCleanup().then((answer) => answers.push(answer));
    await accounts.credentials.disconnect(ACME, new FakeAct());
    expect(await accounts.credentials.connection(ACME)).toBeNull();
    await accounts.events();
    accounts.clock.advance(4_999);
    await accounts.events();
    expect(answers).toEqual([]);
    accounts.clock.advance(1);
    await cleanup;
    expect(answers).toEqual(['no answer within 5000 ms']);
  });

  it('comes with a dead token too', async () => {
    const dead = accounts.selfHosted.givenToken('ada');
    await accounts.connect(dead.value, accounts.selfHosted.url);
    const cleanup = givenCleanup();
    dead.revoked = true;
    await accounts.credentials.disconnect(ACME, new FakeAct());
    expect(await cleanup).toMatch(/revoked/);
    expect(await accounts.credentials.connection(ACME)).toBeNull();
  });

  it('happens also if the key of the token is missing', async () => {
    void givenCleanup();
    accounts.keys.rotate();
    accounts.keys.forget('key-1');
    await accounts.credentials.disconnect(ACME, new FakeAct());
    expect(await accounts.credentials.connection(ACME)).toBeNull();
  });
});
