import { credentialsIn } from './credentials';
import { hiddenTextIn } from './hidden-text';

/** Longer than any name, author or message. This length is read in a few milliseconds. */
export const MAX_LINE = 65_536;

/** Line breaks and tabs belong to messages. Other control characters are invisible or control a terminal. */
const CONTROL = /[^\P{Cc}\t\n\r]/u;

/**
 * Returns why a name, an author or a message must not leave; null if it may. The clause does not quote it, e.g.
 * `holds a GitLab token`. Cheap enough for the event loop.
 */
export function problemWithLine(text: string): string | null {
  if (text.length > MAX_LINE) return `is longer than ${MAX_LINE} characters`;
  const [found] = [...credentialsIn(text), ...hiddenTextIn(text, 'line')];
  if (found) return `holds ${found.rule}`;
  return CONTROL.test(text) ? 'holds a control character' : null;
}
