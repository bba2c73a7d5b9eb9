/** Code points that HFS+ ignores in a name; Git therefore ignores them too. */
const IGNORED_BY_HFS = /[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g;

/**
 * NTFS ignores trailing dots and blanks, also knows `.git` by its short name, and opens its streams after a colon.
 */
const DOT_GIT_ON_NTFS = /^(?:\.git|git~1)[. ]*(?::|$)/i;

/** Returns whether any file system reads the name as `.git`: Git refuses such names everywhere (`verify_path`). */
export function isDotGit(name: string): boolean {
  return DOT_GIT_ON_NTFS.test(name) || name.replace(IGNORED_BY_HFS, '').toLowerCase() === '.git';
}
