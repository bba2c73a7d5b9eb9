import { Scope, type OrgId } from '@app/kernel';
import type { BaseBlobs } from './reconcile';
import type { RunError, RunKind } from './run';

/** A commit that was, or is about to be, sent and whose outcome is not recorded yet. */
export interface InFlight {
  /** The value of its `Dot-Change-Id` trailer, by which it is recognised. */
  readonly id: string;
  /** Change that the commit carries; null if it carries the state of many files. */
  readonly changeId: string | null;
  /** `pushedRevision` once the commit is known to exist. */
  readonly revision: number;
  /** The base of each of its paths once the commit is known to exist. */
  readonly agreed: readonly (readonly [path: string, agreed: BaseBlobs])[];
  /** True for the last commit of a snapshot. */
  readonly completes: boolean;
  /** Commit that exists while the commits before or after it are still to be pulled; absent before that. */
  readonly landedAs?: string;
}

/** A stop that a person should end: of pushes only, or of everything. The sync also retries automatically. */
export interface Blocked {
  readonly code: string;
  readonly detail: string;
  readonly scope: 'push' | 'all';
  /** Runs that were wanted at the stop, and are wanted again when the sync goes on. */
  readonly kinds: readonly RunKind[];
  /** Number of times that it was tried and stopped again. */
  readonly tries: number;
  /** When it is tried again. */
  readonly retryAt: Date;
}

const ALL_KINDS: readonly RunKind[] = ['initial', 'pull', 'push'];

/** Returns the kinds of runs that may begin at this time. */
export function unblocked({ blocked }: Pick<SyncState, 'blocked'>, now: Date): readonly RunKind[] {
  if (blocked === null || isRetryDue(blocked, now)) return ALL_KINDS;
  return blocked.scope === 'push' ? ['pull'] : [];
}

/** Checks whether it is time to retry after the stop. */
export const isRetryDue = (blocked: Blocked | null, now: Date): boolean =>
  blocked !== null && blocked.retryAt <= now;

/** Returns the stop that follows from this one and from an earlier one, if there was one; `random` is from 0 to 1. */
export function blockedToo(
  { blocked }: Pick<SyncState, 'blocked'>,
  { kinds, ...stop }: Omit<Blocked, 'tries' | 'retryAt'>,
  now: Date,
  random: number,
): Blocked {
  const tries = (blocked?.tries ?? 0) + 1;
  return {
    ...stop,
    kinds: [...new Set([...(blocked?.kinds ?? []), ...kinds])],
    tries,
    retryAt: new Date(now.getTime() + stopMs(tries, random)),
  };
}

/** Checks whether the success of a run of this kind shows that the stop is over. */
export const endsBlock = (blocked: Blocked, kind: RunKind): boolean =>
  blocked.scope === 'all' || kind !== 'pull';

/** Deletions on GitLab that Dot has not taken over: a person is asked about them, or did not want them for now. */
export interface DeletionQuestion {
  /** The run that asked last; null until one does. */
  readonly runId: string | null;
  readonly detail: string;
}

/** State of one org's sync. The base of each path is stored separately (`SyncStates.agreed`). */
export interface SyncState {
  readonly org: OrgId;
  /** The target the base belongs to; a base is never used for another. */
  readonly targetId: string | null;
  /** The directories that were last compared as a whole; null before the first sync has ended. */
  readonly directories: readonly string[] | null;
  readonly baseCommit: string | null;
  /** Changes up to this revision are in GitLab, or were found superseded. */
  readonly pushedRevision: number;
  /** True if files that only Dot has, outside of any pending change, are due for a push. */
  readonly snapshotDue: boolean;
  readonly inFlight: InFlight | null;
  readonly blocked: Blocked | null;
  /** Null while no deletion waits for a person's word (`BaseEntry.deletionWaits`). */
  readonly question: DeletionQuestion | null;
  /** Last failure that is retried automatically; null after a success. */
  readonly failure: RunError | null;
  readonly failures: number;
  readonly nextAttemptAt: Date | null;
  readonly nextPollAt: Date | null;
  /** Number of times in a row that GitLab refused commits for good. */
  readonly heldTries: number;
  /** Time to send the refused commits again; null if there are none, or only a person may ask for it. */
  readonly heldRetryAt: Date | null;
  /** When texts whose inspection was interrupted are inspected again; null if there are none. */
  readonly inspectRetryAt: Date | null;
  /** Time of the last webhook; null if none arrives. */
  readonly webhookSeenAt: Date | null;
  readonly lastSyncedAt: Date | null;
  /** When everything is compared again, because comparisons of commits may have left something out; null if there were none. */
  readonly compareAllAt: Date | null;
  /** Rules for the files that GitLab keeps in LFS, as last seen; null if they were never read. */
  readonly lfsRules: string | null;
}

export function freshState(org: OrgId, targetId: string | null = null): SyncState {
  return {
    org,
    targetId,
    directories: null,
    baseCommit: null,
    pushedRevision: 0,
    snapshotDue: false,
    inFlight: null,
    blocked: null,
    question: null,
    failure: null,
    failures: 0,
    nextAttemptAt: null,
    nextPollAt: null,
    heldTries: 0,
    heldRetryAt: null,
    inspectRetryAt: null,
    webhookSeenAt: null,
    lastSyncedAt: null,
    compareAllAt: null,
    lfsRules: null,
  };
}

/** Checks whether everything in this scope was compared once; then comparing the changes is enough. */
export function comparedAs({ directories }: SyncState, scope: Scope): boolean {
  return directories !== null && new Scope(directories).equals(scope);
}

/** A success wipes the slate. */
export function healthy(now: Date): Partial<SyncState> {
  return { failure: null, failures: 0, nextAttemptAt: null, lastSyncedAt: now };
}

/** Checks whether back-off keeps the org from being tried now. */
export const isWaiting = ({ nextAttemptAt }: Pick<SyncState, 'nextAttemptAt'>, now: Date): boolean =>
  nextAttemptAt !== null && nextAttemptAt > now;

/** Nothing is tried before `until`: a poll that fell due earlier would find the same, again and again. */
export function heldUp(
  { nextPollAt }: SyncState,
  until: Date,
): Pick<SyncState, 'nextAttemptAt' | 'nextPollAt'> {
  return { nextAttemptAt: until, nextPollAt: nextPollAt && nextPollAt < until ? until : nextPollAt };
}

/** Returns the patch of the state after a commit that GitLab refused; `random` is from 0 to 1. */
export function refusedOnceMore(
  { heldTries }: Pick<SyncState, 'heldTries'>,
  now: Date,
  random: number,
): Pick<SyncState, 'heldTries' | 'heldRetryAt'> {
  const tries = heldTries + 1;
  return { heldTries: tries, heldRetryAt: new Date(now.getTime() + stopMs(tries, random)) };
}

/** Returns the patch of the state after reading files, some of which wait for their inspection. */
export function inspectedAgain(
  { inspectRetryAt }: Pick<SyncState, 'inspectRetryAt'>,
  files: Iterable<{ readonly retryAfterMs?: number }>,
  now: Date,
): Pick<SyncState, 'inspectRetryAt'> {
  const waits = [...files].flatMap(({ retryAfterMs }) => retryAfterMs ?? []);
  const times = waits.map((ms) => now.getTime() + ms);
  if (inspectRetryAt) times.push(inspectRetryAt.getTime());
  return {
    inspectRetryAt: times.length ? new Date(times.reduce((one, other) => Math.min(one, other))) : null,
  };
}

/** Returns how long a stop lasts: from half a minute, twice as long with each try, up to an hour at most. */
function stopMs(tries: number, random: number): number {
  return Math.round((0.5 + random / 2) * Math.min(3_600_000, 60_000 * 2 ** Math.min(tries - 1, 20)));
}

/** Full jitter: anywhere up to a ceiling that doubles with each failure, from one second to five minutes. */
function backOffMs(failures: number, random: number): number {
  return Math.round(random * Math.min(300_000, 1000 * 2 ** Math.min(failures, 20)));
}

/** Returns the wait before the next attempt. A wait that the other side asks for makes back-off longer, never shorter. */
export function retryWaitMs(failures: number, random: number, askedMs = 0): number {
  return Math.max(askedMs, backOffMs(failures, random));
}
