import { Parser } from 'commonmark';

/** A command in a description, e.g. `/target_branch main`. */
export interface QuickAction {
  readonly name: string;
  readonly argument: string;
}

const COMMANDS = [
  ...['target_branch', 'draft', 'ready', 'title', 'close', 'reopen', 'rebase', 'approve', 'merge', 'assign'],
  ...['unassign', 'reviewer', 'request_review', 'label', 'unlabel', 'milestone', 'lock', 'todo', 'subscribe'],
];
const COMMAND = new RegExp(`^\\s*/(?<name>${COMMANDS.join('|')})(?: +(?<argument>.*?))?\\s*$`, 'i');

/**
 * Takes quick actions out of a description, as GitLab does: lines of plain paragraphs, but not of code, quotes or HTML
 * (docs/gitlab-api.md#user-text). Unlike GitLab, also takes them from inline code of several lines.
 */
export function takeQuickActions(description: string): {
  readonly text: string;
  readonly actions: readonly QuickAction[];
} {
  const plain = description.replaceAll('\r', '');
  const candidates = paragraphLines(plain);
  const actions: QuickAction[] = [];
  const kept = plain.split('\n').filter((line, at) => {
    const found = candidates.has(at + 1) ? COMMAND.exec(line)?.groups : undefined;
    if (!found) return true;
    actions.push({ name: found.name.toLowerCase(), argument: found.argument ?? '' });
    return false;
  });
  return { text: kept.join('\n').trimEnd(), actions };
}

/** Returns the numbers of the lines that belong to a paragraph outside of quotes. */
function paragraphLines(text: string): Set<number> {
  const lines = new Set<number>();
  const walker = new Parser().parse(text).walker();
  let quotes = 0;
  for (let step = walker.next(); step; step = walker.next()) {
    const { node, entering } = step;
    if (node.type === 'block_quote') quotes += entering ? 1 : -1;
    if (node.type !== 'paragraph' || !entering || quotes) continue;
    const [[first], [last]] = node.sourcepos;
    for (let line = first; line <= last; line++) lines.add(line);
  }
  return lines;
}
