import { inTrace, traced } from '@app/kernel';
import type { SyncPass } from '../pass/sync-pass';

/** Shows the pass in the trace of the first request for its run, with links to those of the others. */
export function tracePass<T>(pass: SyncPass, work: () => Promise<T>): Promise<T> {
  const { id, org, kind, trigger, attempt, traces } = pass.run;
  const [first = null, ...links] = traces;
  const values = {
    'gitlab_sync.org': org,
    'gitlab_sync.run': id,
    'gitlab_sync.kind': kind,
    'gitlab_sync.trigger': trigger,
    'gitlab_sync.attempt': attempt,
  };
  return inTrace(first, () =>
    traced(
      'gitlab_sync.pass',
      values,
      async (span) => {
        const result = await work();
        const { status, counts, commits, apiCalls, error } = pass.run;
        span.note({
          'gitlab_sync.status': status,
          'gitlab_sync.created': counts.created,
          'gitlab_sync.updated': counts.updated,
          'gitlab_sync.deleted': counts.deleted,
          'gitlab_sync.conflicts': counts.conflicts,
          'gitlab_sync.quarantined': counts.quarantined,
          'gitlab_sync.commits': commits.length,
          'gitlab_sync.calls': apiCalls,
        });
        if (error) span.fail(error.code);
        return result;
      },
      { links },
    ),
  );
}
