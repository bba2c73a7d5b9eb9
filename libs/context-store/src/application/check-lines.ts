import { setImmediate as nextTurn } from 'node:timers/promises';
import { problemWithLine, withoutCredentials } from '@app/inspection';
import { inert, type Author } from '@app/kernel';
import { LineNotAllowed } from '../domain/context-store.errors';
import type { FileEdit } from './edit-files';

/** Most characters checked in one tick, so that other requests get their turn every few milliseconds. */
const CHARACTERS = 65_536;

/**
 * Refuses an edit that would put a credential or hidden text into a commit's message, author or new file name. A name
 * that the org already has stays usable, so that its file can be corrected, renamed and deleted.
 * @throws LineNotAllowed
 */
export async function checkLines(
  edits: readonly FileEdit[],
  { author, message }: { readonly author: Author; readonly message?: string },
  existing: { has(path: string): boolean },
): Promise<void> {
  const lines: [string, string, string][] = [
    ['message', 'The message', message ?? ''],
    ['author', "The author's name", author.name],
    ['author', "The author's email address", author.email],
    ...edits.flatMap((edit, nth): [string, string, string][] =>
      edit.op === 'delete' || existing.has(edit.path) ? [] : [[...placeOf(edits, nth), edit.path]],
    ),
  ];
  let read = 0;
  for (const [field, place, line] of lines) {
    const problem = problemWithLine(line);
    if (problem) throw new LineNotAllowed(field, place, problem);
    read += line.length;
    if (read > CHARACTERS) read = await nextTurn(0);
  }
}

function placeOf({ length }: readonly FileEdit[], nth: number): [string, string] {
  return length === 1
    ? ['path', 'The name of the file']
    : [`changes.${nth}.path`, `The name in change ${nth}`];
}

/** Returns a name or title for a generated message: without credentials, and with invisible characters spelled out. */
export const nameInMessage = (name: string): string =>
  problemWithLine(name) ? inert(withoutCredentials(name)) : name;
