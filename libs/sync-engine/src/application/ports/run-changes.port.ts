import type { OrgId } from '@app/kernel';
import type { RunChange } from '../../domain/run-change';

/** What a run asks about, or pushed. What a pull took is in the history of the context store. Writes join the caller's transaction. */
export abstract class RunChanges {
  /** Adds to what the run did; what it did earlier to the same path is merged with it. */
  abstract add(org: OrgId, runId: string, changes: readonly RunChange[]): Promise<void>;
  abstract replace(org: OrgId, runId: string, changes: readonly RunChange[]): Promise<void>;
  /** By path. */
  abstract of(org: OrgId, runId: string): Promise<RunChange[]>;
}
