import type { FieldError } from '@app/kernel';
import { ChannelsInvalid } from './notifications.errors';
import { isWebhookSecret } from './signature';

/** Most addresses that receive each e-mail. */
export const MOST_ADDRESSES = 10;
export const LONGEST_URL = 2_000;
const LONGEST_ADDRESS = 254;

/** The channels through which the people of an org receive messages. Sealed as a whole: a URL may be a secret. */
export interface Channels {
  readonly webhook?: { readonly url: string; readonly secret: string };
  readonly slack?: { readonly url: string };
  readonly email?: readonly string[];
}

/** Changes the named channels: null removes one, and an omitted one stays. */
export interface ChannelsChange {
  readonly webhook?: { readonly url: string; readonly secret?: string } | null;
  readonly slack?: { readonly url: string } | null;
  readonly email?: readonly string[] | null;
}

/** @throws ChannelsInvalid */
export function changed(
  channels: Channels,
  { webhook, slack, email }: ChannelsChange,
  emailIsAvailable: boolean,
): Channels {
  const errors: FieldError[] = [];
  const secret = webhook?.secret ?? channels.webhook?.secret;
  if (webhook) errors.push(...problemsOfUrl('webhook.url', webhook.url));
  if (webhook && (secret === undefined || !isWebhookSecret(secret)))
    errors.push({
      field: 'webhook.secret',
      detail: 'must be whsec_ and 24 to 64 bytes in base64; receivers check signatures with it',
    });
  if (slack) errors.push(...problemsOfUrl('slack.url', slack.url));
  if (email?.length) errors.push(...problemsOfAddresses(email, emailIsAvailable));
  if (errors.length) throw new ChannelsInvalid(errors);
  const next = {
    webhook: webhook === undefined ? channels.webhook : webhook && { url: webhook.url, secret: secret! },
    slack: slack === undefined ? channels.slack : slack && { url: slack.url },
    email: email === undefined ? channels.email : email?.length ? [...new Set(email)] : null,
  };
  return {
    ...(next.webhook && { webhook: next.webhook }),
    ...(next.slack && { slack: next.slack }),
    ...(next.email && { email: next.email }),
  };
}

function problemsOfUrl(field: string, text: string): FieldError[] {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !['http:', 'https:'].includes(url.protocol) || text.length > LONGEST_URL)
    return [{ field, detail: `must be an http or https URL of at most ${LONGEST_URL} characters` }];
  if (url.username || url.password) return [{ field, detail: 'must not hold a user name or password' }];
  return [];
}

/** The form that browsers accept, which has no character of a header or a list. */
const ADDRESS =
  /^[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)+$/i;

export const isAddress = (text: string): boolean => text.length <= LONGEST_ADDRESS && ADDRESS.test(text);

function problemsOfAddresses(addresses: readonly string[], available: boolean): FieldError[] {
  if (!available) return [{ field: 'email', detail: 'is not available: the operator has set no SMTP_URL' }];
  if (addresses.length > MOST_ADDRESSES)
    return [{ field: 'email', detail: `must have at most ${MOST_ADDRESSES} addresses` }];
  const wrong = addresses.findIndex((address) => !isAddress(address));
  return wrong === -1 ? [] : [{ field: `email.${wrong}`, detail: 'must be an e-mail address' }];
}
