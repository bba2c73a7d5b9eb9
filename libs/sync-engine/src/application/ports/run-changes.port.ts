import type { OrgId } from '@app/kernel';
import type { RunChange } from '../../domain/run-change';

/**
 * Changes that a run asks about or pushed. The history of the context store has the pulled ones. Writes join the
 * caller's transaction.
 */
export abstract class RunChanges {
  /** Adds changes of the run, merged with its earlier changes of the same path. */
  abstract add(org: OrgId, runId: string, changes: readonly RunChange[]): Promise<void>;
  abstract replace(org: OrgId, runId: string, changes: readonly RunChange[]): Promise<void>;
  /** Returns the run's changes, ordered by path. */
  abstract of(org: OrgId, runId: string): Promise<RunChange[]>;
}
