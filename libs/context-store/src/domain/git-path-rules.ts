/** Code points that HFS+ ignores in a name, so that Git does too. */
const IGNORED_BY_HFS = /[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g;

/** NTFS ignores trailing dots and blanks, knows `.git` also by its short name, and opens a stream of it after a colon. */
const DOT_GIT_ON_NTFS = /^(?:\.git|git~1)[. ]*(?::|$)/i;

/** Returns whether some file system takes the name for `.git`: Git refuses such names everywhere (`verify_path`). */
export function isDotGit(name: string): boolean {
  return DOT_GIT_ON_NTFS.test(name) || name.replace(IGNORED_BY_HFS, '').toLowerCase() === '.git';
}
