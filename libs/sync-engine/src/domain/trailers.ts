import type { Origin } from '@app/context-store';
import type { Author } from '@app/kernel';

const NAMES = { change: 'Dot-Change-Id', source: 'Dot-Source' } as const;

/** The trailer line by which a commit of ours is recognised. */
export const changeTrailer = (id: string): string => `${NAMES.change}: ${id}`;

/** The author's message with our trailers; lines in it that look like ours are quoted, so that none can pose as another change. */
export function withTrailers(message: string, id: string, source: Exclude<Origin, 'gitlab'>): string {
  const body = message.trim().replace(/^(?=Dot-(?:Change-Id|Source):)/gim, '> ') || 'Update context files';
  return `${body}\n\n${changeTrailer(id)}\n${NAMES.source}: ${source}`;
}

/** Credits the authors of a commit that ships the work of several. */
export function coAuthoredBy(authors: readonly Author[]): string {
  return authors.map(({ name, email }) => `\nCo-authored-by: ${name} <${email}>`).join('');
}
