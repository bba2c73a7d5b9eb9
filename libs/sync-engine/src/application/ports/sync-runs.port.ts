import type { OrgId, Page, PageRequest } from '@app/kernel';
import type { Run, RunKind, RunTrigger } from '../../domain/run';
import type { Lease } from './sync-states.port';

/** The runs of each org: the queue of wanted work and the history of what was done. Writes join the caller's transaction. */
export abstract class SyncRuns {
  /**
   * The run of this kind that waits already, otherwise a new one. Two callers at once get the same. Clears what was announced of
   * a run that waits: from now on more than that asks for it.
   */
  abstract request(org: OrgId, kind: RunKind, trigger: RunTrigger, now: Date): Promise<Run>;
  /**
   * The same for many orgs at once; answers the ids of the runs. A new run keeps what is announced to its org, and a run that
   * waits keeps it only if it was announced the same.
   */
  abstract requestAll(
    orgs: readonly OrgId[],
    kind: RunKind,
    trigger: RunTrigger,
    now: Date,
    announced?: ReadonlyMap<OrgId, string>,
  ): Promise<Map<OrgId, string>>;
  /** What is to be done next, of these kinds: a run left running by a crash, then initial, pull, push. */
  abstract next(org: OrgId, kinds: readonly RunKind[]): Promise<Run | null>;
  /** The same, started. Null also where the lease is lost. */
  abstract start(lease: Lease, kinds: readonly RunKind[], now: Date): Promise<Run | null>;
  /** @throws RunOver when the stored run has ended, by a person's word */
  abstract save(run: Run): Promise<void>;
  /** Notes who asked for it, unless somebody is noted already. `save` leaves that as it is. */
  abstract noteRequester(org: OrgId, id: string, name: string): Promise<void>;
  abstract find(org: OrgId, id: string): Promise<Run | null>;
  /** Newest first. */
  abstract list(org: OrgId, request: PageRequest): Promise<Page<Run>>;
  /** Queued, running and awaiting confirmation. */
  abstract open(org: OrgId): Promise<Run[]>;
  /** The same, inside a transaction: until its end they are changed by it alone. */
  abstract lockOpen(org: OrgId): Promise<Run[]>;
}
