import { Scope, type OrgId } from '@app/kernel';
import type { Agreed } from './planner';
import type { RunError, RunKind } from './run';

/** A commit that was, or is about to be, sent and whose outcome is not recorded yet. */
export interface InFlight {
  /** The value of its `Dot-Change-Id` trailer, by which it is recognised. */
  readonly id: string;
  /** The change it carries; null where it ships the state of many files. */
  readonly changeId: string | null;
  /** `pushedRevision` once the commit is known to exist. */
  readonly revision: number;
  /** The base of each of its paths once the commit is known to exist. */
  readonly agreed: readonly (readonly [path: string, agreed: Agreed])[];
  /** True for the last commit of a shipment. */
  readonly completes: boolean;
  /** The commit, where it exists and those that came before or after it are still to be taken in; absent before that. */
  readonly made?: string;
}

/** Stopped until a person acts: on pushes alone, or on everything. */
export interface Blocked {
  readonly code: string;
  readonly detail: string;
  readonly scope: 'push' | 'all';
  /** What was wanted when it stopped, and is wanted again when it goes on. */
  readonly kinds: readonly RunKind[];
}

/** The kinds of runs that may begin. */
export function unblocked({ blocked }: Pick<SyncState, 'blocked'>): readonly RunKind[] {
  if (blocked === null) return ['initial', 'pull', 'push'];
  return blocked.scope === 'push' ? ['pull'] : [];
}

/** Stopped here as well as where it was stopped before. */
export function blockedToo({ blocked }: SyncState, { kinds, ...more }: Blocked): Blocked {
  return { ...more, kinds: [...new Set([...(blocked?.kinds ?? []), ...kinds])] };
}

/** Where the sync of one org stands. The base of each path is kept beside it (`SyncStates.agreed`). */
export interface SyncState {
  readonly org: OrgId;
  /** The target the base belongs to; a base is never used for another. */
  readonly targetId: string | null;
  /** The directories that were last compared as a whole; null before the first sync has ended. */
  readonly directories: readonly string[] | null;
  readonly baseCommit: string | null;
  /** Changes up to this revision are in GitLab, or were found superseded. */
  readonly pushedRevision: number;
  /** Files only Dot has, outside of any pending change, are to be shipped: first sync, wider scope, an obstacle gone. */
  readonly shipmentDue: boolean;
  readonly inFlight: InFlight | null;
  readonly blocked: Blocked | null;
  /** The last failure that is retried by itself; null after a success. */
  readonly failure: RunError | null;
  readonly failures: number;
  readonly nextAttemptAt: Date | null;
  readonly nextPollAt: Date | null;
  /** When a webhook last told us anything; null where it is silent. */
  readonly webhookSeenAt: Date | null;
  readonly lastSyncedAt: Date | null;
}

export function freshState(org: OrgId, targetId: string | null = null): SyncState {
  return {
    org,
    targetId,
    directories: null,
    baseCommit: null,
    pushedRevision: 0,
    shipmentDue: false,
    inFlight: null,
    blocked: null,
    failure: null,
    failures: 0,
    nextAttemptAt: null,
    nextPollAt: null,
    webhookSeenAt: null,
    lastSyncedAt: null,
  };
}

/** Everything in this scope was compared once; from there on it is enough to look at what changed. */
export function comparedAs({ directories }: SyncState, scope: Scope): boolean {
  return directories !== null && new Scope(directories).equals(scope);
}

/** A success wipes the slate. */
export function healthy(now: Date): Partial<SyncState> {
  return { failure: null, failures: 0, nextAttemptAt: null, lastSyncedAt: now };
}

/** Nothing is tried before `until`: a poll that fell due earlier would find the same, again and again. */
export function heldUp(
  { nextPollAt }: SyncState,
  until: Date,
): Pick<SyncState, 'nextAttemptAt' | 'nextPollAt'> {
  return { nextAttemptAt: until, nextPollAt: nextPollAt && nextPollAt < until ? until : nextPollAt };
}

/** Full jitter: anywhere up to a ceiling that doubles with each failure, from one second to five minutes. */
function backOffMs(failures: number, random: number): number {
  return Math.round(random * Math.min(300_000, 1000 * 2 ** Math.min(failures, 20)));
}

/** Returns the wait before the next attempt. A wait that the other side asks for makes back-off longer, never shorter. */
export function retryWaitMs(failures: number, random: number, askedMs = 0): number {
  return Math.max(askedMs, backOffMs(failures, random));
}
