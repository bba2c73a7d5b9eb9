import { allSettledOrThrow, type Blob, type OrgId } from '@app/kernel';
import type { Decision } from '../../domain/decision';
import { isMassDelete } from '../../domain/mass-delete';
import type { BaseEntry } from '../../domain/reconcile';
import type { DeletionQuestion } from '../../domain/sync-state';
import { MassDeleteUnconfirmed } from '../../domain/sync.errors';
import type { BaseEntries } from '../ports/base-entries.port';

interface Deletions {
  readonly decisions: readonly Decision[];
  /** Blobs that the pull creates elsewhere: a rename deletes nothing. */
  readonly created: ReadonlySet<Blob>;
  /** The commit at which they were seen. */
  readonly seenAt: string | null;
}

/** Finds deletions that are so many that they wait for a person, while everything else goes on. */
export async function deletionsToAskAbout(
  base: BaseEntries,
  org: OrgId,
  { decisions, created, seenAt }: Deletions,
): Promise<{ aside: ReadonlyMap<string, BaseEntry>; question: DeletionQuestion | null }> {
  const real = decisions.filter(({ local }) => local !== null && !created.has(local));
  const [files, waiting] = real.length
    ? await allSettledOrThrow(base.countInDot(org), base.countWaitingDeletions(org))
    : [0, 0];
  if (!isMassDelete(real.length, files - waiting)) return { aside: new Map(), question: null };
  const aside = real.map(({ path, local, asOf }): [string, BaseEntry] => [
    path,
    { remote: null, local, supersededUpTo: asOf, seenAt, deletionWaits: true },
  ]);
  const { message: detail } = new MassDeleteUnconfirmed(real.length + waiting, files);
  return { aside: new Map(aside), question: { runId: null, detail } };
}
