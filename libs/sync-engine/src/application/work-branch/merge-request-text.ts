import { createHash } from 'node:crypto';
import { ContextStore, type Change } from '@app/context-store';
import { inert } from '@app/kernel';
import { outgoingLine } from '../push/outgoing-text';
import type { SyncPass } from '../pass/sync-pass';

/** Shows that Dot opened the merge request; Markdown does not render it. */
export const MARK = '<!-- dot-gitlab-sync -->';

const MOST_LISTED = 50;

export interface MergeRequestText {
  readonly title: string;
  readonly description: string;
}

/** Writes the title and description of a merge request. Names and messages stand only in blocks of code, where they are inert. */
export async function textOf(
  pass: SyncPass,
  store: ContextStore,
  files: readonly string[],
): Promise<MergeRequestText> {
  const changes = await proposedChanges(pass, store);
  const shown = changes.map(
    ({ message, author }) => `${outgoingLine(message)} (${outgoingLine(author.name)})`,
  );
  const n = files.length;
  const title = `Update ${n} context ${n === 1 ? 'file' : 'files'} from Dot`;
  const description = [
    'Dot proposes the changes below. Review them here: edits on this branch go back to Dot, with their author.',
    ...section('Files', files.map(inert)),
    ...section('Changes', shown),
    MARK,
  ].join('\n\n');
  return { title, description };
}

/** Returns what two equal texts have in common. */
export const digestOf = ({ title, description }: MergeRequestText): string =>
  createHash('sha256').update(`${title}\0${description}`).digest('hex').slice(0, 16);

function section(name: string, lines: readonly string[]): string[] {
  if (!lines.length) return [];
  const more = lines.length > MOST_LISTED ? [`and ${lines.length - MOST_LISTED} more`] : [];
  return [`**${name}**`, inertBlock([...lines.slice(0, MOST_LISTED), ...more].join('\n'))];
}

/** GitLab executes commands, links and names only outside of code; a fence is longer than any that the text has. */
function inertBlock(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}text\n${text}\n${fence}`;
}

async function proposedChanges(pass: SyncPass, store: ContextStore): Promise<Change[]> {
  const from = pass.proposal?.landedRevision ?? 0;
  const changes = await store.changesAfter(pass.org, from, MOST_LISTED * 2);
  const isSent = ({ revision }: Change) => revision <= pass.state.pushedRevision;
  const touches = ({ versions }: Change) =>
    versions.some(({ op, path }) => op !== 'keep' && pass.policy.mayPush(path));
  return changes.filter((change) => pass.sends(change) && isSent(change) && touches(change));
}
