import { Secret } from '@app/gitlab-sync';
import { Authentication } from './authentication';
import { signToken } from './sign-token';

const signing = {
  secret: new Secret('a-secret-that-is-long-enough-to-sign'),
  audience: 'dot',
  issuer: 'https://id',
};
const authentication = new Authentication({
  key: { secret: signing.secret },
  audience: 'dot',
  issuer: 'https://id',
});

describe('a token for local use', () => {
  it('is one that the server takes', async () => {
    const wish = { org: 'acme', role: 'admin', name: 'Ada', email: 'ada@example.com', days: 1 } as const;
    const caller = await authentication.callerOf(`Bearer ${await signToken(wish, signing)}`, '');
    expect(caller).toMatchObject({
      subject: 'ada@example.com',
      org: 'acme',
      role: 'admin',
      author: { name: 'Ada', email: 'ada@example.com' },
    });
  });

  it('needs no name, and for an operator no org', async () => {
    const token = await signToken({ role: 'operator', days: 1 }, signing);
    expect(await authentication.callerOf(`Bearer ${token}`, '')).toMatchObject({
      role: 'operator',
      org: null,
    });
  });

  it('is not made for an org that cannot be', () => {
    expect(() => signToken({ org: '../b', role: 'admin', days: 1 }, signing)).toThrow(/organisation id/);
  });
});
