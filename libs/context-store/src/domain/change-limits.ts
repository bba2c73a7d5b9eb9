import { TooManyOperations } from './context-store.errors';
import type { Edit } from './change';

/** Operations of one change. */
export const MOST_OPERATIONS = 1_000;
/** Letters of the directories that the written paths lie in, each of which is looked up. */
const MOST_DIRECTORY_LETTERS = 4 * 1024 * 1024;

/** @throws TooManyOperations for a change that is better made in several steps */
export function checkOperations(edits: readonly Pick<Edit, 'op' | 'path'>[]): void {
  if (edits.length > MOST_OPERATIONS) throw new TooManyOperations(`more than ${MOST_OPERATIONS} operations`);
  let letters = 0;
  for (const { op, path } of edits) if (op !== 'delete') letters += directoryLetters(path);
  if (letters > MOST_DIRECTORY_LETTERS)
    throw new TooManyOperations('paths in more directories than can be looked up at a time');
}

/** The lengths of `a` and `a/b` for `a/b/c.md`, without making them. */
function directoryLetters(path: string): number {
  let sum = 0;
  for (let at = path.indexOf('/'); at >= 0; at = path.indexOf('/', at + 1)) sum += at;
  return sum;
}
