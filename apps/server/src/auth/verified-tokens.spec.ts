import { orgId, type Caller } from '@app/gitlab-sync';
import { VerifiedTokens } from './verified-tokens';

const HOUR_MS = 3_600_000;

class Keys {
  fresh = true;
  names = ['k1'];

  text(): string {
    return this.names.join();
  }
}

const callerUntil = (expiresAt: Date): Caller => ({
  subject: 'u1',
  role: 'admin',
  org: orgId('acme'),
  author: { name: 'Ada', email: 'ada@example.com' },
  address: '127.0.0.1',
  expiresAt,
});

describe('verified tokens', () => {
  let keys: Keys;
  let tokens: VerifiedTokens;
  let verifications: number;
  let verify: () => Promise<Caller>;
  beforeEach(() => {
    keys = new Keys();
    tokens = new VerifiedTokens(keys);
    verifications = 0;
    verify = async () => callerUntil(new Date(Date.now() + HOUR_MS));
  });

  /** Returns how often the token was verified so far. */
  const ask = async (token = 'a.b.c') => {
    await tokens.callerOf(token, () => {
      verifications++;
      return verify();
    });
    return verifications;
  };

  it('are verified once', async () => {
    expect([await ask(), await ask(), await ask()]).toEqual([1, 1, 1]);
  });

  it('differ by every character', async () => {
    expect([await ask('a.b.c'), await ask('a.b.d'), await ask('a.b.c ')]).toEqual([1, 2, 3]);
  });

  it('are verified again once they have expired', async () => {
    verify = async () => callerUntil(new Date(Date.now() - 1));
    expect([await ask(), await ask()]).toEqual([1, 2]);
  });

  it('are not remembered if the verification fails', async () => {
    const refused = new Error('not valid');
    verify = () => Promise.reject(refused);
    await expect(ask()).rejects.toBe(refused);
    await expect(ask()).rejects.toBe(refused);
    expect(verifications).toBe(2);
  });

  it('are verified again while the keys have to be read again', async () => {
    await ask();
    keys.fresh = false;
    expect([await ask(), await ask()]).toEqual([2, 3]);
  });

  it('are all forgotten when a key is withdrawn', async () => {
    await ask('a.b.c');
    keys.names = ['k2'];
    await ask('a.b.d');
    expect(await ask('a.b.c')).toBe(3);
  });

  it('are not remembered if the keys change during the verification', async () => {
    verify = async () => {
      keys.names = ['k2'];
      return callerUntil(new Date(Date.now() + HOUR_MS));
    };
    expect([await ask(), await ask(), await ask()]).toEqual([1, 2, 2]);
  });

  it('are forgotten from the one that was not used for longest, beyond five thousand', async () => {
    for (let number = 0; number <= 5_000; number++) await ask(`token ${number}`);
    verifications = 0;
    expect([await ask('token 5000'), await ask('token 0')]).toEqual([0, 1]);
  });
});
