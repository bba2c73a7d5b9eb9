import type { EntryKind, FileContent } from '@app/gitlab';
import type { Problem } from './reconcile';

const NOT_A_FILE: Readonly<Record<EntryKind, string>> = {
  symlink: 'a symbolic link, not a file; replace it by the file itself',
  submodule: 'a submodule, not a file; replace it by the file itself',
  directory: 'a directory with the name of a context file; rename it',
  file: 'not a regular file',
};

/** Returns the problem with an entry of this kind at the path of a context file. */
export const notAFile = (kind: EntryKind): Problem => ({
  reason: kind,
  detail: NOT_A_FILE[kind],
  about: 'entry',
});

/** Returns the problem of a file that does not depend on its text; null if there is none. */
export function problemWithFile(file: FileContent, maxBytes: number): Omit<Problem, 'about'> | null {
  if (file.kind === 'symlink') return { reason: 'symlink', detail: NOT_A_FILE.symlink };
  if (file.bytes) return null;
  return {
    reason: 'too_big',
    detail: `${file.size} bytes, more than the limit of ${maxBytes}; split the file`,
  };
}
