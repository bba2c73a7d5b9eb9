import { blobOf, inert } from '@app/kernel';
import { problemWithPath } from './path-rules';

/** The reason why a file on GitLab cannot come to Dot under its name. */
export interface PathProblem {
  readonly reason: 'path_not_utf8' | 'path_not_portable';
  /** One clause. */
  readonly detail: string;
}

/** GitLab lists such a file under a slightly different name, and does not find the file by that name. */
export const NAME_NOT_UTF8: PathProblem = {
  reason: 'path_not_utf8',
  detail: 'a file whose name is not valid UTF-8; rename it with git',
};

/** Longest path that fits into a PostgreSQL index. */
const MOST_BYTES = 2_600;
const SHOWN_CHARACTERS = 600;

/** Returns why a new file cannot have a path of this length; null if it can. */
export const problemWithLength = (path: string): string | null =>
  Buffer.byteLength(path) > MOST_BYTES ? `it is longer than ${MOST_BYTES} bytes` : null;

/** Returns why a file cannot come to Dot under this name; null if it can. */
export function inspectPath(path: string): PathProblem | null {
  if (/\p{Surrogate}/u.test(path)) return NAME_NOT_UTF8;
  const flaw = problemWithLength(path) ?? problemWithPath(path);
  return flaw ? { reason: 'path_not_portable', detail: `${flaw}; rename it on GitLab` } : null;
}

/**
 * Returns the printable form in which an invalid path is stored and shown. It never equals the path of another file,
 * because valid paths hold no backslash.
 */
export function inertPath(path: string): string {
  const shown = inert(path.replaceAll('\\', '\\\\'));
  if (shown.length <= SHOWN_CHARACTERS) return shown;
  const half = SHOWN_CHARACTERS / 2;
  return `${shown.slice(0, half)}\\u{2026}${blobOf(Buffer.from(path))}\\u{2026}${shown.slice(-half)}`;
}
