import type { RunChange } from './contract';
import { changeKey } from './load';
import { useRunChanges } from './run-changes';
import { useSession } from './session';

export interface DeletionsInQuestion {
  /** The run that asks, or asked. */
  readonly runId: string | null;
  /** It still waits for an answer. */
  readonly asked: boolean;
  readonly paths: readonly RunChange[] | null;
  readonly hasMore: boolean;
  readonly more: () => void;
  readonly count: number;
  readonly total: number;
}

const NUMBERS = /\b(\d+) of (\d+)\b/;

/** What a pull would delete in Dot. */
export function useDeletions(): DeletionsInQuestion {
  const session = useSession();
  const { sync, files, quota } = session.status.value!;
  const run = sync.lastRun;
  const changes = useRunChanges(run?.id ?? null, changeKey(session));
  const deleted = changes.items?.filter(({ op }) => op === 'delete') ?? null;
  // Only the first page of the paths is here at first; the run's own sentence has both numbers.
  const [, said, of] = NUMBERS.exec(run?.error?.detail ?? sync.error?.detail ?? '') ?? [];
  return {
    runId: run?.id ?? null,
    asked: run?.status === 'awaiting_confirmation',
    paths: deleted,
    hasMore: changes.hasMore,
    more: changes.more,
    count: said ? Number(said) : (deleted?.length ?? 0),
    total: of ? Number(of) : (files?.total ?? quota.files),
  };
}
