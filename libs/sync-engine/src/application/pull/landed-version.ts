import type { ContextStore, HistoryEntry } from '@app/context-store';
import { blobOf, type OrgId } from '@app/kernel';
import type { LandedVersion } from '../../domain/decision';
import { asGitLabStores } from '../../domain/line-endings';
import type { Proposal } from '../../domain/proposal';
import type { DiscoveredPath } from './discovered-path';

const PAGE = 50;
/** Versions of one path beyond this are not searched: the path then counts as changed on GitLab. */
const MOST_PAGES = 20;

/**
 * Returns the version of Dot's, newer than the base, that GitLab's branch has now; null if there is none, or if all of the path's
 * versions are settled. Compares texts: neither the state of a merge request nor the ancestry of commits proves that a text landed.
 */
export async function landedVersion(
  store: ContextStore,
  org: OrgId,
  proposal: Proposal,
  found: DiscoveredPath,
): Promise<LandedVersion | null> {
  const isBase = baseOf(found, proposal);
  if (found.localFile && isBase({ ...found.localFile, op: 'put' })) return null;
  let cursor: string | undefined;
  let after: number | undefined;
  for (let page = 0; page < MOST_PAGES; page++) {
    const { items, nextCursor } = await store.history(org, { path: found.path, limit: PAGE, cursor });
    const newest = items.find(({ op }) => op !== 'keep');
    if (page === 0 && newest && newest.revision <= proposal.landedRevision) return null;
    const end = items.findIndex(isBase);
    const newer = end < 0 ? items : items.slice(0, end);
    const edits = newer.filter(countsAsEdit(proposal));
    const version = await match(store, org, edits.filter(isSent(after)), found);
    if (version) return { blob: version.blob, revision: version.revision };
    if (end >= 0 || nextCursor === null) return null;
    cursor = nextCursor;
    after = edits.at(-1)?.revision ?? after;
  }
  return null;
}

/** Recognises the version that both sides agreed on. Older versions cannot land any more. */
const baseOf =
  ({ base }: DiscoveredPath, { landedRevision }: Proposal) =>
  ({ op, blob, revision }: Pick<HistoryEntry, 'op' | 'blob' | 'revision'>): boolean => {
    if (!base) return false;
    return (
      revision <= base.supersededUpTo || (op !== 'keep' && revision <= landedRevision && blob === base.local)
    );
  };

const countsAsEdit =
  ({ reviewed }: Proposal) =>
  ({ op, origin, revision }: HistoryEntry): boolean =>
    op !== 'keep' && (origin !== 'gitlab' || reviewed.includes(revision));

/** Recognises the last version of each change: no commit has another. `after` is the revision of the version read before these. */
const isSent =
  (after: number | undefined) =>
  ({ revision }: HistoryEntry, index: number, newestFirst: readonly HistoryEntry[]): boolean =>
    revision !== (newestFirst[index - 1]?.revision ?? after);

/** GitLab may have changed the line endings. */
async function match(
  store: ContextStore,
  org: OrgId,
  versions: readonly HistoryEntry[],
  { remote }: DiscoveredPath,
): Promise<HistoryEntry | undefined> {
  const exact = versions.find(({ blob }) => blob === remote);
  if (exact || remote === null) return exact;
  const texts = await store.contents(
    org,
    versions.flatMap(({ blob }) => blob ?? []),
  );
  return versions.find(({ blob }) => {
    const text = blob === null ? undefined : texts.get(blob);
    return text !== undefined && blobOf(asGitLabStores(text)) === remote;
  });
}
