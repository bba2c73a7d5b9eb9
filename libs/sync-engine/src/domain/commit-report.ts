import { inert } from '@app/kernel';
import type { Quarantined } from './findings';
import type { Run } from './run';

/** Result of a pull, for people who look at the commit on GitLab. */
export interface CommitResult {
  readonly state: 'success' | 'failed';
  readonly description: string;
}

/** The most characters that GitLab stores. */
const MOST = 255;
/** Shortest part of a path that is worth showing. */
const LEAST_PATH = 20;

/**
 * Returns the result of a pull; null if the commits concern no context file. Files that were kept out in this run count,
 * those that wait since earlier runs do not.
 */
export function resultOfPull(
  { counts, startedAt }: Pick<Run, 'counts' | 'startedAt'>,
  quarantined: readonly Quarantined[],
  strict: boolean,
): CommitResult | null {
  const { created, updated, deleted, unchanged } = counts;
  const taken = created + updated + deleted + unchanged;
  const kept = quarantined
    .filter(({ side, at }) => side === 'remote' && startedAt !== null && at >= startedAt)
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  const [first, ...others] = kept;
  if (!first) return taken ? { state: 'success', description: `${files(taken)} taken` } : null;
  const before = `${taken} taken, ${kept.length} kept out: `;
  const after =
    (first.line === undefined ? '' : ` line ${first.line}`) +
    (others.length ? ` and ${others.length} more` : '');
  const room = Math.max(LEAST_PATH, MOST - before.length - after.length);
  return {
    state: strict ? 'failed' : 'success',
    description: `${before}${shortened(inert(first.path), room)}${after}`,
  };
}

const files = (count: number) => `${count} ${count === 1 ? 'file' : 'files'}`;

/** Keeps the end of a path, which has the name. */
function shortened(path: string, most: number): string {
  if (path.length <= most) return path;
  const end = path.slice(path.length - most + 1);
  return `…${/^[\uDC00-\uDFFF]/.test(end) ? end.slice(1) : end}`;
}

/** Returns the page that the status links to; undefined if there is none, or if its address is too long for GitLab. */
export function statusUrl(
  template: string | undefined,
  { org, id }: Pick<Run, 'org' | 'id'>,
): string | undefined {
  const url = template
    ?.replaceAll('{org}', encodeURIComponent(org))
    .replaceAll('{run}', encodeURIComponent(id));
  return url && url.length <= MOST ? url : undefined;
}
