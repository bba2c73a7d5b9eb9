import { InstanceUrlInvalid } from '../gitlab.errors';
import { BasePaths } from './base-paths';

const DEFAULT_INSTANCE = 'https://gitlab.com';
/** A port may follow a host name without scheme: `gitlab.example.com:8443` has none, `ftp:x` has one. */
const SCHEME = /^[a-z][a-z0-9+.-]*:(?!\d+(\/|$))/i;

/** The instance that a person's text names. */
export interface InstancePlace {
  /** Scheme, host and port, and the base path if the operator listed one for the host. */
  readonly url: string;
  /** Says what may be wrong with the path if no GitLab answers there; null if nothing may. */
  readonly hint: string | null;
}

/**
 * Reads what a person typed. Blank means gitlab.com, a missing scheme https; paths are cut off unless they are listed.
 * @throws InstanceUrlInvalid for another scheme than http or https, user info, or text that is no URL
 */
export function readInstanceUrl(text: string, basePaths = new BasePaths()): InstancePlace {
  const typed = text.trim();
  if (!typed) return { url: DEFAULT_INSTANCE, hint: null };
  const url = parse(SCHEME.test(typed) ? typed : `https://${typed}`);
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    throw new InstanceUrlInvalid('must be an http or https URL');
  if (url.username || url.password) throw new InstanceUrlInvalid('must not contain a user name or password');
  const host = url.hostname.replace(/\.$/, '');
  if (!host) throw new InstanceUrlInvalid('must name a host');
  const origin = `${url.protocol}//${host}${url.port ? `:${url.port}` : ''}`;
  const place = new URL(origin + url.pathname);
  const base = basePaths.of(place);
  return { url: origin + base, hint: base ? null : hintFor(place, basePaths.on(place)) };
}

/** Returns the path below which the instance is served; '' at the root of its host. */
export function basePathOf(instanceUrl: string): string {
  return new URL(instanceUrl).pathname.replace(/\/+$/, '');
}

function hintFor({ origin, host, pathname }: URL, listed: readonly string[]): string | null {
  const first = pathname.split('/').find(Boolean);
  if (listed.length)
    return `Enter the URL with the path of its GitLab: ${origin}${listed.join(`, ${origin}`)}.`;
  if (!first) return null;
  return (
    `The path ${pathname} was left out: GitLab is looked for at the root of the host. If it is served below a path, ` +
    `ask the operator of this service to add ${host}/${first} to GITLAB_BASE_PATHS, and connect again.`
  );
}

function parse(text: string): URL {
  try {
    return new URL(text);
  } catch {
    throw new InstanceUrlInvalid('must be the URL of a GitLab instance, e.g. https://gitlab.com');
  }
}
