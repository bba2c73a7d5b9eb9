import { randomBytes } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { isWebhookSecret, signature } from './signature';

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

describe('the signature of a webhook', () => {
  it('is the one of the test vector of Standard Webhooks', () => {
    const signed = signature(SECRET, 'msg_p5jXN8AQM9LWM0D4loKWxJek', 1614265330, '{"test": 2432232314}');
    expect(signed).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
  });

  it.each(['{}', '{"text":"é 😀 \\u0000"}', 'x'.repeat(100_000)])(
    'satisfies the library that receivers use',
    (body) => {
      const secret = `whsec_${randomBytes(32).toString('base64')}`;
      const now = Math.floor(Date.now() / 1000);
      const headers = {
        'webhook-id': 'msg_1',
        'webhook-timestamp': String(now),
        'webhook-signature': signature(secret, 'msg_1', now, JSON.stringify({ body })),
      };
      expect(new Webhook(secret).verify(JSON.stringify({ body }), headers)).toEqual({ body });
      expect(() => new Webhook(secret).verify(JSON.stringify({ body: 'another' }), headers)).toThrow();
    },
  );
});

it.each([
  ['of Standard Webhooks', SECRET, true],
  ['of 64 bytes', `whsec_${randomBytes(64).toString('base64')}`, true],
  ['without its prefix', SECRET.slice('whsec_'.length), false],
  ['that is too short', `whsec_${randomBytes(23).toString('base64')}`, false],
  ['that is too long', `whsec_${randomBytes(65).toString('base64')}`, false],
  ['that is no base64', `whsec_${'_'.repeat(32)}`, false],
  ['without anything', '', false],
])('judges a secret %s', (_, secret, fits) => {
  expect(isWebhookSecret(secret)).toBe(fits);
});
