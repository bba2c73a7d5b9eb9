import { blobOf, inert } from '@app/kernel';
import { problemWithPath } from './path-rules';

/** Why a file of GitLab's cannot come to Dot under its name. */
export interface PathProblem {
  readonly reason: 'path_not_utf8' | 'path_not_portable';
  /** One clause. */
  readonly detail: string;
}

/** GitLab lists such a file under a name that is not quite its own, and does not find it by that. */
export const NAME_NOT_UTF8: PathProblem = {
  reason: 'path_not_utf8',
  detail: 'a file whose name is not valid UTF-8; rename it with git',
};

/** PostgreSQL has no room in an index for more. */
const MOST_BYTES = 2_600;
const SHOWN_CHARACTERS = 600;

/** Returns why a new file cannot have a path of this length; null if it can. */
export const problemWithLength = (path: string): string | null =>
  Buffer.byteLength(path) > MOST_BYTES ? `it is longer than ${MOST_BYTES} bytes` : null;

/** Returns why no file may come to Dot under this name; null if one may. */
export function inspectPath(path: string): PathProblem | null {
  if (/\p{Surrogate}/u.test(path)) return NAME_NOT_UTF8;
  const flaw = problemWithLength(path) ?? problemWithPath(path);
  return flaw ? { reason: 'path_not_portable', detail: `${flaw}; rename it on GitLab` } : null;
}

/**
 * Returns the form in which a path with a flaw is stored and shown: printable, and never the path of another file, because no
 * path without a flaw holds a backslash.
 */
export function inertPath(path: string): string {
  const shown = inert(path.replaceAll('\\', '\\\\'));
  if (shown.length <= SHOWN_CHARACTERS) return shown;
  const half = SHOWN_CHARACTERS / 2;
  return `${shown.slice(0, half)}\\u{2026}${blobOf(Buffer.from(path))}\\u{2026}${shown.slice(-half)}`;
}
