import type { Run } from './run';
import type { SyncState } from './sync-state';

interface Target {
  readonly id: string;
  readonly configuredAt: Date;
}

/**
 * Checks whether a person cancelled the first sync with this target, and nothing was wanted since. It then waits for a
 * person or for something new. `last` is the org's newest run.
 */
export function isDeclined(last: Run | undefined, { targetId }: SyncState, target: Target): boolean {
  if (last?.kind !== 'initial' || last.status !== 'cancelled') return false;
  // Only a run that started belongs to the target of the state.
  return last.attempt > 0 ? targetId === target.id : last.finishedAt! >= target.configuredAt;
}
