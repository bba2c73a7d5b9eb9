import type { Blocker, Wanted } from './commit-plan';
import { matches } from './path-pattern';

/** File in which a project names its Git LFS files. */
export const ATTRIBUTES = '.gitattributes';

/** A new file for which GitLab would store a pointer in place of the text. */
export const LFS_TRACKED = 'lfs_tracked';

/** Limit beyond any project's needs; the rules of a larger file are ignored. */
export const MOST_ATTRIBUTES_BYTES = 65_536;

/** Characters of patterns that are kept, the last ones first: more than any project needs, and quick to match. */
const MOST = 4_096;

/**
 * Returns the rules of a `.gitattributes` that are about LFS, one a line: `+` and a pattern that turns LFS on, `-` and one that turns it
 * off.
 */
export function lfsRulesOf(text: string): string {
  const macros = new Set<string>();
  const rules: string[] = [];
  for (const line of text.split('\n')) {
    const { pattern, words } = partsOf(line.trim());
    const on = words.map((word) => effectOf(word, macros)).findLast((effect) => effect !== undefined);
    if (on === undefined || pattern.startsWith('!') || pattern.endsWith('/')) continue;
    if (pattern.startsWith('[attr]')) macros.add(pattern.slice('[attr]'.length));
    else rules.push(`${on ? '+' : '-'}${pattern}`);
  }
  let length = 0;
  return rules
    .reverse()
    .filter((rule) => (length += rule.length) <= MOST)
    .reverse()
    .join('\n');
}

/** Checks whether the last rule that matches the path turns LFS on. */
export function isLfsTracked(rules: string, path: string): boolean {
  const last = rules.split('\n').findLast((rule) => rule && matches(rule.slice(1), path));
  return last?.startsWith('+') ?? false;
}

/** A file that GitLab does not have yet. */
export const isNew = (
  { path, content }: Pick<Wanted, 'path' | 'content'>,
  known: ReadonlyMap<string, { readonly remote: string | null }>,
): boolean => content !== null && (known.get(path)?.remote ?? null) === null;

export const LFS_HOLD: Blocker = {
  reason: LFS_TRACKED,
  detail:
    `a rule with filter=lfs in ${ATTRIBUTES} matches it, so GitLab would keep a pointer instead of the text; take the rule for ` +
    'such files out, or move the file',
};

/** A pattern with blanks stands in quotes. */
function partsOf(line: string): { readonly pattern: string; readonly words: readonly string[] } {
  if (line.startsWith('#')) return { pattern: '', words: [] };
  const end = line.startsWith('"') ? line.indexOf('"', 1) + 1 : 0;
  const [first = '', ...words] = line.slice(end).replaceAll('\t', ' ').split(' ').filter(Boolean);
  return end ? { pattern: line.slice(1, end - 1), words: [first, ...words] } : { pattern: first, words };
}

/** `!filter` leaves the filter unset, which switches LFS off as `-filter` does. */
function effectOf(word: string, macros: ReadonlySet<string>): boolean | undefined {
  const name = word.startsWith('-') || word.startsWith('!') ? word.slice(1) : word;
  if (macros.has(name)) return name === word;
  return name.split('=')[0] === 'filter' ? word === 'filter=lfs' : undefined;
}
