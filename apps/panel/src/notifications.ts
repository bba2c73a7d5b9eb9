import type { Notifications, NotificationsChange } from './contract';
import type { Session } from './session';

const ROUTE = '/api/v1/orgs/{org}/gitlab/notifications';
const SECRET_BYTES = 32;

/** The fields of the form, as text. */
export interface NotificationsDraft {
  readonly url: string;
  readonly secret: string;
  readonly chat: string;
  readonly email: string;
}

export const draftOf = ({ webhook, email }: Notifications): NotificationsDraft => ({
  url: webhook?.url ?? '',
  secret: '',
  chat: '',
  email: email.join('\n'),
});

/** Returns the changes that a form asks for. The chat's URL is not known, so a blank field keeps it. */
export function changeOf(before: Notifications, draft: NotificationsDraft): NotificationsChange {
  const { webhook, email } = before;
  const [url, secret, chat] = [draft.url, draft.secret, draft.chat].map((text) => text.trim());
  const addresses = draft.email.split(/[\s,;]+/).filter(Boolean);
  const hook = url ? { url, ...(secret && { secret }) } : null;
  return {
    ...((url !== (webhook?.url ?? '') || secret !== '') && { webhook: hook }),
    ...(chat && { slack: { url: chat } }),
    ...(addresses.join() !== email.join() && { email: addresses }),
  };
}

/** Makes a secret as Standard Webhooks describes it. */
export function newSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(SECRET_BYTES));
  return `whsec_${btoa(String.fromCharCode(...bytes))}`;
}

export function readNotifications({ api }: Session): Promise<Notifications> {
  return api.take(api.client.GET(ROUTE, { params: { path: api.path } }));
}

export function changeNotifications({ api }: Session, body: NotificationsChange): Promise<Notifications> {
  return api.take(api.client.PUT(ROUTE, { params: { path: api.path }, body }));
}

export async function testNotifications({ api }: Session) {
  const { results } = await api.take(api.client.POST(`${ROUTE}/test`, { params: { path: api.path } }));
  return results;
}
