import { createHash } from 'node:crypto';
import type { ContextStore } from '@app/context-store';
import { descriptionOf, inertBlock, inertCode } from '@app/gitlab';
import { outgoingLine } from '../push/outgoing-text';
import type { SyncPass } from '../pass/sync-pass';
import { newestEdit, proposedChanges } from './proposed-changes';

/** Shows that Dot opened the merge request; Markdown does not render it. */
export const MARK = '<!-- dot-gitlab-sync -->';

/** Checks whether Dot opened it. */
export const isMarked = ({ description }: Pick<MergeRequestText, 'description'>): boolean =>
  description.includes(MARK);

const MOST_LISTED = 50;

export interface MergeRequestText {
  readonly title: string;
  readonly description: string;
}

/** The texts, and the time of the newest edit in Dot among the changes that they list; null if they list none. */
export interface WrittenText extends MergeRequestText {
  readonly newest: Date | null;
}

/** Writes the title and description of a merge request. Names and messages are inert there: they stand only in code. */
export async function textOf(
  pass: SyncPass,
  store: ContextStore,
  files: readonly string[],
): Promise<WrittenText> {
  const changes = await proposedChanges(pass, store);
  const n = files.length;
  const title = `Update ${n} context ${n === 1 ? 'file' : 'files'} from Dot`;
  const parts = [
    MARK,
    'Dot proposes the changes below. Review them here: edits on this branch go back to Dot, with their author.',
    ...section('Files', files, inertCode),
    ...section('Changes', changes, ({ message, author }) =>
      [inertCode(outgoingLine(author.name)), inertBlock(outgoingLine(message))].join('\n\n'),
    ),
  ];
  const description = descriptionOf(parts, (left) => `and ${left} more`);
  return { title, description, newest: newestEdit(changes) };
}

/** Returns what two equal texts have in common. */
export const digestOf = ({ title, description }: MergeRequestText): string =>
  createHash('sha256').update(`${title}\0${description}`).digest('hex').slice(0, 16);

function section<T>(name: string, items: readonly T[], show: (item: T) => string): string[] {
  if (!items.length) return [];
  const more = items.length > MOST_LISTED ? [`and ${items.length - MOST_LISTED} more`] : [];
  return [`**${name}**`, ...items.slice(0, MOST_LISTED).map(show), ...more];
}
