import { credentialsIn } from './credentials';
import { hiddenTextIn } from './hidden-text';

/** Longer than any name, author or message; so much is read in a few milliseconds. */
export const MAX_LINE = 65_536;

/** Breaks of lines and tabs belong to messages; other control characters do not show, or command a terminal. */
const CONTROL = /[^\P{Cc}\t\n\r]/u;

/**
 * Returns why a name, an author or a message must not leave, as a clause that does not repeat it, such as `holds a GitLab token`;
 * null if it may. Cheap enough for the event loop.
 */
export function problemWithLine(text: string): string | null {
  if (text.length > MAX_LINE) return `is longer than ${MAX_LINE} characters`;
  const [found] = [...credentialsIn(text), ...hiddenTextIn(text, 'line')];
  if (found) return `holds ${found.rule}`;
  return CONTROL.test(text) ? 'holds a control character' : null;
}
