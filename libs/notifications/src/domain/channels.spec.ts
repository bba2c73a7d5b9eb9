import { changed, type Channels, type ChannelsChange } from './channels';
import { ChannelsInvalid } from './notifications.errors';

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const other = 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD';
const all: Channels = {
  webhook: { url: 'https://example.com/a', secret },
  slack: { url: 'https://hooks.slack.com/services/x' },
  email: ['ada@example.com'],
};

it.each<[string, Channels, ChannelsChange, Channels]>([
  ['keeps what is omitted', all, {}, all],
  ['removes what is null', all, { webhook: null, slack: null, email: null }, {}],
  ['removes addresses by an empty list', all, { email: [] }, { webhook: all.webhook, slack: all.slack }],
  [
    'keeps the secret with another URL',
    all,
    { webhook: { url: 'https://example.com/b' } },
    { ...all, webhook: { url: 'https://example.com/b', secret } },
  ],
  [
    'takes another secret',
    all,
    { webhook: { url: 'https://example.com/a', secret: other } },
    { ...all, webhook: { url: 'https://example.com/a', secret: other } },
  ],
  [
    'takes each address once',
    {},
    { email: ['a@example.com', 'a@example.com'] },
    { email: ['a@example.com'] },
  ],
])('%s', (_, before, change, after) => {
  expect(changed(before, change, true)).toEqual(after);
});

it.each<[string, ChannelsChange, string]>([
  ['a webhook without a secret', { webhook: { url: 'https://example.com' } }, 'webhook.secret'],
  ['a secret of another form', { webhook: { url: 'https://example.com', secret: 'abc' } }, 'webhook.secret'],
  ['a URL of another scheme', { slack: { url: 'file:///etc/passwd' } }, 'slack.url'],
  ['a text that is no URL', { slack: { url: 'hooks.slack.com' } }, 'slack.url'],
  ['a URL with a password', { webhook: { url: 'https://a:b@example.com', secret } }, 'webhook.url'],
  ['a URL that is too long', { slack: { url: `https://example.com/${'a'.repeat(2000)}` } }, 'slack.url'],
  ['a second header in an address', { email: ['a@example.com\r\nBcc: b@example.com'] }, 'email.0'],
  ['two addresses in one', { email: ['a@example.com,b@example.com'] }, 'email.0'],
  ['an address with a name', { email: ['ok@example.com', 'Ada <a@example.com>'] }, 'email.1'],
  ['an address without a domain', { email: ['a@localhost'] }, 'email.0'],
  ['too many addresses', { email: Array.from({ length: 11 }, (_, n) => `a${n}@example.com`) }, 'email'],
])('refuses %s', (_, change, field) => {
  const refused = () => changed({}, change, true);
  expect(refused).toThrow(ChannelsInvalid);
  expect(refused).toThrow(expect.objectContaining({ errors: [expect.objectContaining({ field })] }));
});

it('refuses addresses if no e-mail can be sent, but lets them be removed', () => {
  expect(() => changed({}, { email: ['a@example.com'] }, false)).toThrow(ChannelsInvalid);
  expect(changed(all, { email: null }, false).email).toBeUndefined();
});
