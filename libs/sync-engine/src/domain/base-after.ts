import type { Blob } from '@app/kernel';
import { keepsLocal, type ConflictDecision, type Decision, type QuarantineDecision } from './decision';
import type { BaseBlobs, BaseEntry } from './reconcile';

/**
 * Returns what both sides agree on once the decisions are applied. If Dot won, it counts as changed since GitLab's text. If it keeps
 * its last good version, it counts as changed or unchanged as before. In both cases its pending changes to that path go on. Everywhere
 * else the changes that were read are superseded. `seenAt` is the commit that was read.
 */
export function baseAfter(decisions: readonly Decision[], seenAt: string | null): Map<string, BaseEntry> {
  return new Map(
    decisions.map((decision): [string, BaseEntry] => {
      const { path, remote, asOf } = decision;
      if (keepsLocal(decision))
        return [path, { remote, local: localAfter(decision), supersededUpTo: 0, seenAt }];
      if (decision.kind === 'landed') {
        const { blob, revision } = decision.version;
        return [path, { remote, local: blob, supersededUpTo: revision, seenAt }];
      }
      const local = decision.kind === 'agree' ? decision.local : remote;
      return [path, { remote, local, supersededUpTo: asOf, seenAt }];
    }),
  );
}

/** Returns Dot's part of the base. If the work branch was behind, Dot's state has to be sent there. */
function localAfter({ kind, base, local, remote }: ConflictDecision | QuarantineDecision): Blob | null {
  if (kind === 'conflict') return remote;
  if (!base?.behind) return base?.local ?? null;
  return local === null ? remote : null;
}

/** Returns bases that a commit of ours brought about, if `seenAt` names one: it supersedes no pending change. */
export function baseAfterPush(
  agreed: Iterable<readonly [path: string, agreed: BaseBlobs]>,
  seenAt: string | null = null,
): Map<string, BaseEntry> {
  return new Map([...agreed].map(([path, base]) => [path, { ...base, supersededUpTo: 0, seenAt }]));
}
