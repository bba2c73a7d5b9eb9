import { Scope, type OrgId } from '@app/kernel';
import { stopMs } from './back-off';
import type { Blocked } from './blocked';
import type { Proposal } from './proposal';
import type { BaseBlobs } from './reconcile';
import type { RunError } from './run';

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
  /** The work branch that it goes to; absent for the target's branch. */
  readonly branch?: string;
  /** Commit that exists while the commits before or after it are still to be pulled; absent before that. */
  readonly landedAs?: string;
}

/** Deletions on GitLab that Dot has not taken over: a person is asked about them, or did not want them for now. */
export interface DeletionQuestion {
  /** The run that asked last; null until one does. */
  readonly runId: string | null;
  readonly detail: string;
}

/** State of one org's sync. The base of each path is stored separately (`BaseEntries`). */
export interface SyncState {
  readonly org: OrgId;
  /** The target the base belongs to; a base is never used for another. */
  readonly targetId: string | null;
  /** The directories that were last compared as a whole; null before the first sync has ended. */
  readonly directories: readonly string[] | null;
  readonly baseCommit: string | null;
  /** Changes up to this revision are in GitLab, be it on the work branch, or were found superseded. */
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
  /** Null if the org never proposed anything to this target. */
  readonly proposal: Proposal | null;
  /** Time until which automatic pushes wait, because edits still come; null if none waits. */
  readonly pushAfter: Date | null;
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
    proposal: null,
    pushAfter: null,
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
