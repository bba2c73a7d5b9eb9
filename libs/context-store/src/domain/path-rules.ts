import { PathNotAllowed } from './context-store.errors';
import { isDotGit } from './git-path-rules';

const MAX_PATH_BYTES = 4_096;
const MAX_NAME_BYTES = 255;

/** Returns why no file can have this path, on either side; null if one can. Does not check the scope. */
export function problemWithPath(path: string): string | null {
  if (path === '') return 'the path is empty';
  if (path.startsWith('/')) return 'it begins with a slash; paths are relative';
  if (/\p{Surrogate}/u.test(path)) return 'it is not valid Unicode';
  if (/\p{Cc}/u.test(path)) return 'it contains a control character';
  if (path.includes('\\')) return 'it contains a backslash; directories are separated by slashes';
  if (Buffer.byteLength(path) > MAX_PATH_BYTES) return `it is longer than ${MAX_PATH_BYTES} bytes`;
  for (const name of path.split('/')) {
    if (name === '') return 'it contains an empty name, from a double or trailing slash';
    if (name === '.' || name === '..') return `it contains the name "${name}"`;
    if (isDotGit(name)) return 'it contains the name ".git", or one that some file systems read as ".git"';
    if (Buffer.byteLength(name) > MAX_NAME_BYTES)
      return `it contains a name longer than ${MAX_NAME_BYTES} bytes`;
  }
  return null;
}

/** @throws PathNotAllowed */
export function checkPath(path: string): void {
  const flaw = problemWithPath(path);
  if (flaw) throw new PathNotAllowed(path, flaw);
}
