import type { Run } from '../domain/run';
import { NO_COUNTS } from '../domain/run-counts';
import { errorOf, type StoredError } from './stored-error';
import type { SyncRunRow } from './sync-runs.rows';

/** Columns of a run, named as its fields. */
export const RUN = `run.id, run.org, run.kind, run.trigger, run.status, run.created_at AS "createdAt", run.started_at AS "startedAt",
  run.finished_at AS "finishedAt", run.progress, run.counts, run.commits, run.api_calls AS "apiCalls", run.attempt, run.error,
  run.confirmed, run.kept, run.intent, run.head, run.title, run.author, run.took, run.requested_by AS "requestedBy", run.announced,
  run.traces`;

export type StoredRun = Omit<Run, 'error'> & { readonly error: StoredError | null };

export function fromRow({ seq: _, ...row }: SyncRunRow): Run {
  return toRun(row);
}

export function toRun({ error, ...run }: StoredRun): Run {
  // Runs of former versions lack the counts that were added since.
  return { ...run, counts: { ...NO_COUNTS, ...run.counts }, error: errorOf(error) };
}
