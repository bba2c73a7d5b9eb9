import { isAddress } from './channels';

/** A mail server and the sender of all e-mails. */
export interface MailServer {
  /** Contains no sender. */
  readonly url: string;
  readonly from: string;
}

/**
 * Reads `smtp://` or `smtps://` with the sender as `?from=`. Without it, the user of the server is the sender if it is
 * an address. Returns null for any other text.
 */
export function mailServerOf(text: string): MailServer | null {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !['smtp:', 'smtps:'].includes(url.protocol) || !url.hostname) return null;
  const from = url.searchParams.get('from') ?? decoded(url.username);
  if (!isAddress(from)) return null;
  url.searchParams.delete('from');
  return { url: url.href, from };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}
