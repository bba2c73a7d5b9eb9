import { TooManyOperations } from './context-store.errors';
import type { Edit } from './change';

/** Most operations of one change. */
export const MOST_OPERATIONS = 1_000;
/** Most characters in the directories of the written paths; the store looks up each directory. */
const MOST_DIRECTORY_LETTERS = 4 * 1024 * 1024;

/** Refuses a change that is better split into several. @throws TooManyOperations */
export function checkOperations(edits: readonly Pick<Edit, 'op' | 'path'>[]): void {
  if (edits.length > MOST_OPERATIONS) throw new TooManyOperations(`more than ${MOST_OPERATIONS} operations`);
  let letters = 0;
  for (const { op, path } of edits) if (op !== 'delete') letters += directoryLetters(path);
  if (letters > MOST_DIRECTORY_LETTERS)
    throw new TooManyOperations('paths in more directories than can be checked at a time');
}

/** Adds up the lengths of a path's directories (`a` and `a/b` for `a/b/c.md`) without building them. */
function directoryLetters(path: string): number {
  let sum = 0;
  for (let at = path.indexOf('/'); at >= 0; at = path.indexOf('/', at + 1)) sum += at;
  return sum;
}
