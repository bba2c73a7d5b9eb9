import type { OrgId, Page, PageRequest } from '@app/kernel';
import type { Run, RunKind, RunTrigger } from '../../domain/run';
import type { Lease } from './sync-states.port';

/** A place in a trace that asked for a run. */
export interface AskedBy {
  readonly org: OrgId;
  readonly run: string;
  readonly trace: string;
}

/**
 * Runs of each org: the queue of wanted work and the history of finished work. Writes join the caller's transaction.
 */
export abstract class SyncRuns {
  /**
   * Returns the waiting run of this kind, or a new one. Concurrent callers get the same run. Clears the announced
   * commit of a waiting run: it now has another reason too.
   */
  abstract request(org: OrgId, kind: RunKind, trigger: RunTrigger, now: Date): Promise<Run>;
  /**
   * Requests runs for many orgs in one query; returns their ids. A new run keeps its org's announced commit; a waiting
   * run keeps it only if both are equal.
   */
  abstract requestAll(
    orgs: readonly OrgId[],
    kind: RunKind,
    trigger: RunTrigger,
    now: Date,
    announced?: ReadonlyMap<OrgId, string>,
  ): Promise<Map<OrgId, string>>;
  /** Returns the next run of these kinds: a run that a crash left running, then initial, pull, push. */
  abstract next(org: OrgId, kinds: readonly RunKind[]): Promise<Run | null>;
  /** Starts the next run of these kinds. Returns null if there is none or the lease is lost. */
  abstract start(lease: Lease, kinds: readonly RunKind[], now: Date): Promise<Run | null>;
  /** @throws RunOver when the stored run has ended, by a person's word */
  abstract save(run: Run): Promise<void>;
  /** Notes the requester, unless one is noted already. `save` does not change it. */
  abstract noteRequester(org: OrgId, id: string, name: string): Promise<void>;
  /** Adds to the traces of runs that wait, up to `MOST_TRACES` of each; ignores the others. `save` does not change them. */
  abstract noteTraces(asked: readonly AskedBy[]): Promise<void>;
  abstract find(org: OrgId, id: string): Promise<Run | null>;
  /** Newest first. */
  abstract list(org: OrgId, request: PageRequest): Promise<Page<Run>>;
  /** Returns the newest run of each of these orgs that has one, in one query. */
  abstract newest(orgs: readonly OrgId[]): Promise<Map<OrgId, Run>>;
  /** Queued, running and awaiting confirmation. */
  abstract open(org: OrgId): Promise<Run[]>;
  /** Returns the open runs and locks them until the caller's transaction ends. */
  abstract lockOpen(org: OrgId): Promise<Run[]>;
}
