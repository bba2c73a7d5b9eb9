import { InstanceUrlInvalid } from '../gitlab.errors';

const DEFAULT_INSTANCE = 'https://gitlab.com';
/** A port may follow a host name without scheme: `gitlab.example.com:8443` has none, `ftp:x` has one. */
const SCHEME = /^[a-z][a-z0-9+.-]*:(?!\d+(\/|$))/i;

/**
 * What a person typed → the instance's origin. Blank means gitlab.com, a missing scheme https; paths are cut off.
 * @throws InstanceUrlInvalid for another scheme than http or https, user info, or text that is no URL
 */
export function normaliseInstanceUrl(text: string): string {
  const typed = text.trim();
  if (!typed) return DEFAULT_INSTANCE;
  const url = parse(SCHEME.test(typed) ? typed : `https://${typed}`);
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    throw new InstanceUrlInvalid('must be an http or https URL');
  if (url.username || url.password) throw new InstanceUrlInvalid('must not contain a user name or password');
  const host = url.hostname.replace(/\.$/, '');
  if (!host) throw new InstanceUrlInvalid('must name a host');
  return `${url.protocol}//${host}${url.port ? `:${url.port}` : ''}`;
}

function parse(text: string): URL {
  try {
    return new URL(text);
  } catch {
    throw new InstanceUrlInvalid('must be the URL of a GitLab instance, e.g. https://gitlab.com');
  }
}
