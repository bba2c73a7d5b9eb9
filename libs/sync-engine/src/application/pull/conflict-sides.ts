import type { Change, ContextStore } from '@app/context-store';
import type { OrgId } from '@app/kernel';
import type { ConflictDecision } from '../../domain/decision';
import type { Conflict, ConflictSide } from '../../domain/findings';
type Sides = Pick<Conflict, 'stands' | 'kept' | 'base'>;

/** Versions to search back for the one that both sides agreed on. */
const VERSIONS = 50;

/**
 * Returns both sides of a conflict that a pull settled by `change`, and their common version. Null if none of it is
 * kept.
 */
export async function sidesOf(
  store: ContextStore,
  org: OrgId,
  decision: ConflictDecision,
  change: Change | null,
): Promise<Sides | null> {
  const [local, remote] = [await localSide(store, org, decision), remoteSide(decision, change)];
  const [stands, kept] = decision.winner === 'local' ? [local, remote] : [remote, local];
  return kept && { stands, kept, base: await baseOf(store, org, decision) };
}

async function localSide(
  store: ContextStore,
  org: OrgId,
  { path, localFile }: ConflictDecision,
): Promise<ConflictSide | null> {
  if (localFile) {
    const { updatedBy: author, updatedAt: at, version } = localFile;
    return { author, at, version, commit: null };
  }
  const { items } = await store.history(org, { path, limit: 2 });
  const deletion = items.find(({ op }) => op === 'delete');
  return deletion ? { author: deletion.author, at: deletion.at, version: deletion.id, commit: null } : null;
}

/** GitLab's text became a version by this change: the file's, or one that is kept beside it. */
function remoteSide({ path, commit }: ConflictDecision, change: Change | null): ConflictSide | null {
  const version = change?.versions.find((version) => version.path === path);
  if (!version) return null;
  return { author: commit.author, at: commit.committedAt, version: version.id, commit: commit.id };
}

async function baseOf(
  store: ContextStore,
  org: OrgId,
  { path, base }: ConflictDecision,
): Promise<ConflictSide | null> {
  if (!base?.local) return null;
  const { items } = await store.history(org, { path, limit: VERSIONS });
  const version = items.find(({ op, blob }) => op === 'put' && blob === base.local);
  return (
    (version && { author: version.author, at: version.at, version: version.id, commit: version.commit }) ??
    null
  );
}
