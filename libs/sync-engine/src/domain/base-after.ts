import { keepsLocal, type Decision } from './decision';
import type { BaseBlobs, BaseEntry } from './reconcile';

/**
 * Returns what both sides agree on once the decisions are applied. If Dot won, or keeps its last good version, its part of the base
 * stays: Dot counts as changed or unchanged as before, and its pending changes to that path go on. Everywhere else the changes that
 * were read are superseded. `seenAt` is the commit that was read.
 */
export function baseAfter(decisions: readonly Decision[], seenAt: string | null): Map<string, BaseEntry> {
  return new Map(
    decisions.map((decision): [string, BaseEntry] => {
      const { path, remote, asOf } = decision;
      if (keepsLocal(decision))
        return [path, { remote, local: decision.base?.local ?? null, supersededUpTo: 0, seenAt }];
      const local = decision.kind === 'agree' ? decision.local : remote;
      return [path, { remote, local, supersededUpTo: asOf, seenAt }];
    }),
  );
}

/** Returns bases that a commit of ours brought about, if `seenAt` names one: it supersedes no pending change. */
export function baseAfterPush(
  agreed: Iterable<readonly [path: string, agreed: BaseBlobs]>,
  seenAt: string | null = null,
): Map<string, BaseEntry> {
  return new Map([...agreed].map(([path, base]) => [path, { ...base, supersededUpTo: 0, seenAt }]));
}
