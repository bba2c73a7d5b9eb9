import { InstanceUrlInvalid } from '../errors/instance.errors';
import { BasePaths } from './base-paths';

const DEFAULT_INSTANCE = 'https://gitlab.com';
/** Detects a scheme. A port may follow a host name: `gitlab.example.com:8443` has no scheme, `ftp:x` has one. */
const SCHEME = /^[a-z][a-z0-9+.-]*:(?!\d+(\/|$))/i;

/** The instance that a person's text names. */
export interface InstancePlace {
  /** Scheme, host and port, and the base path if the operator listed one for the host. */
  readonly url: string;
  /** Advice to show if no GitLab answers: the path may be wrong. Null if the path cannot be the cause. */
  readonly hint: string | null;
}

/**
 * Reads the URL that a person typed. Blank means gitlab.com; the scheme defaults to https. Drops the path unless it
 * is listed.
 * @throws InstanceUrlInvalid for a scheme other than http or https, for user info, or if the text is not a URL
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

/** Returns the path below which the instance is served; '' if it is the root of its host. */
export function basePathOf(instanceUrl: string): string {
  return new URL(instanceUrl).pathname.replace(/\/+$/, '');
}

function hintFor({ origin, host, pathname }: URL, listed: readonly string[]): string | null {
  const first = pathname.split('/').find(Boolean);
  if (listed.length)
    return `Enter the URL with the path of its GitLab: ${origin}${listed.join(`, ${origin}`)}.`;
  if (!first) return null;
  return (
    `The path ${pathname} was left out: Dot looks for GitLab at the root of the host. If it is served below a path, ` +
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
