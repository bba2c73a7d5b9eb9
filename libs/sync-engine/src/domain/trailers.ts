import type { Origin } from '@app/context-store';
import type { Author } from '@app/kernel';
import type { SyncTarget } from '@app/project-config';

const NAMES = { change: 'Dot-Change-Id', source: 'Dot-Source' } as const;

/** The trailer line by which a commit of ours is recognised. */
export const changeTrailer = (id: string): string => `${NAMES.change}: ${id}`;

/** The author's message with our trailers; lines in it that look like ours are quoted, so that none can pose as another change. */
export function withTrailers(message: string, id: string, source: Exclude<Origin, 'gitlab'>): string {
  const body = message.trim().replace(/^(?=Dot-(?:Change-Id|Source):)/gim, '> ') || 'Update context files';
  return `${body}\n\n${changeTrailer(id)}\n${NAMES.source}: ${source}`;
}

/** The author of a commit that carries the work of several people; they are credited in its message. */
export const DOT: Author = { name: 'Dot', email: 'dot@dot.invalid' };
const CREDITED = 50;

/** Facts that a commit states about itself. */
export interface Contribution {
  readonly authors: readonly Author[];
  readonly message: string;
  /** The value of the `Dot-Change-Id` trailer. */
  readonly id: string;
  readonly source: Exclude<Origin, 'gitlab'>;
}

/** Returns message and author of a commit by the settings of the target; `author` is null for the token's user. */
export function signed(
  { authors, message, id, source }: Contribution,
  { messagePrefix, fallbackAuthor }: Pick<SyncTarget, 'messagePrefix' | 'fallbackAuthor'>,
): { readonly message: string; readonly author: Author | null } {
  const [first, ...others] = authors;
  const author = others.length || !first ? DOT : first;
  const credited = fallbackAuthor || others.length ? authors.slice(0, CREDITED) : [];
  return {
    message: withTrailers(`${messagePrefix}${message.trim()}`, id, source) + coAuthoredBy(credited),
    author: fallbackAuthor ? null : author,
  };
}

/** Credits the authors of a commit with the work of several people. */
function coAuthoredBy(authors: readonly Author[]): string {
  return authors.map(({ name, email }) => `\nCo-authored-by: ${name} <${email}>`).join('');
}
