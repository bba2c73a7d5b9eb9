import { useEffect, useState } from 'preact/hooks';
import type { Run, RunChange } from './contract';
import { changeKey } from './load';
import { useRunChanges } from './run-changes';
import { useSession } from './session';

export interface DeletionsInQuestion {
  /** The run that asks about the deletions, or that asked and was postponed. */
  readonly run: Run | null;
  readonly runId: string | null;
  /** The run still waits for an answer. */
  readonly asked: boolean;
  readonly paths: readonly RunChange[] | null;
  readonly hasMore: boolean;
  readonly more: () => void;
  readonly count: number;
  readonly total: number;
}

const NUMBERS = /\b(\d+) of (\d+)\b/;

/** Returns the files that were deleted in GitLab and that a pull would delete in Dot. */
export function useDeletions(): DeletionsInQuestion {
  const session = useSession();
  const { sync, files, quota } = session.status.value!;
  const { lastRun, error } = sync;
  const runId = error?.runId ?? lastRun?.id ?? null;
  const run = useRun(runId);
  const changes = useRunChanges(runId, changeKey(session));
  const deleted = changes.items?.filter(({ op }) => op === 'delete') ?? null;
  // At first only the first page of the paths is loaded; the error's detail has both numbers.
  const [, said, of] = NUMBERS.exec(run?.error?.detail ?? error?.detail ?? '') ?? [];
  return {
    run,
    runId,
    asked: run?.status === 'awaiting_confirmation',
    paths: deleted,
    hasMore: changes.hasMore,
    more: changes.more,
    count: said ? Number(said) : (deleted?.length ?? 0),
    total: of ? Number(of) : (files?.total ?? quota.files),
  };
}

/** Finds a run by its id: the last run is in the status, others are read. */
function useRun(id: string | null): Run | null {
  const session = useSession();
  const { lastRun } = session.status.value!.sync;
  const isLast = lastRun !== null && lastRun.id === id;
  const [read, setRead] = useState<Run | null>(null);
  useEffect(() => {
    if (isLast || id === null) return;
    let over = false;
    const { client, path } = session.api;
    const asked = client.GET('/api/v1/orgs/{org}/gitlab/runs/{id}', { params: { path: { ...path, id } } });
    session.api.take(asked).then(
      (run) => !over && setRead(run as Run),
      (error: unknown) => session.heed(error),
    );
    return () => void (over = true);
  }, [id, isLast, lastRun?.id]);
  return isLast ? lastRun : read?.id === id ? read : null;
}
