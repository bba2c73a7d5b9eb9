import { problemWithLine, withoutCredentials } from '@app/inspection';
import { inert, inertLines, type Author } from '@app/kernel';
import type { Contribution } from '../../domain/trailers';

/** More than any message needs. */
const LONGEST = 65_536;
const LONGEST_LINE = 200;

/**
 * Returns a message as it may leave: without credentials, and with what does not show spelled out. Edits are refused for these,
 * but a host's own store and changes from before may hold them.
 */
const outgoingMessage = (message: string): string => fit(message, inertLines);

/** Returns a commit's facts about itself in the form that may leave, by the same rule. */
export const outgoing = (contribution: Contribution): Contribution => ({
  ...contribution,
  message: outgoingMessage(contribution.message),
  authors: contribution.authors.map(outgoingAuthor),
});

const outgoingAuthor = ({ name, email }: Author): Author => ({
  name: fit(name, inert),
  email: fit(email, inert),
});

/** Returns a file's name for a message. */
export const outgoingName = (path: string): string => fit(path, inert);

/** Returns the first line of a message, or a name, for a text of our own. */
export const outgoingLine = (text: string): string =>
  inert(fit(text.split('\n', 1)[0], inert)).slice(0, LONGEST_LINE);

function fit(text: string, shown: (text: string) => string): string {
  return problemWithLine(text) ? shown(withoutCredentials(text.slice(0, LONGEST))) : text;
}
