import type { CommitAction } from '@app/gitlab';
import { takesRemote, type Decision } from './decision';

/** Work of a run, counted in files. */
export interface RunCounts {
  readonly created: number;
  readonly updated: number;
  readonly deleted: number;
  readonly unchanged: number;
  readonly conflicts: number;
  readonly quarantined: number;
  /** Files that a pull put back on GitLab, or left to a proposal, because a person kept them. */
  readonly putBack: number;
}

export const NO_COUNTS: RunCounts = {
  created: 0,
  updated: 0,
  deleted: 0,
  unchanged: 0,
  conflicts: 0,
  quarantined: 0,
  putBack: 0,
};

export function addCounts(counts: RunCounts, more: Partial<RunCounts>): RunCounts {
  const sum = { ...counts };
  for (const key of Object.keys(more) as (keyof RunCounts)[]) sum[key] += more[key] ?? 0;
  return sum;
}

/** Counts the effect of a pull on Dot's files. */
export function countsOfPull(decisions: readonly Decision[]): RunCounts {
  const taken = decisions.filter(takesRemote);
  const ofKind = (kind: Decision['kind']) => decisions.filter((decision) => decision.kind === kind).length;
  return {
    created: taken.filter(({ local }) => local === null).length,
    updated: taken.filter(({ local, remote }) => local !== null && remote !== null).length,
    deleted: taken.filter(({ local, remote }) => local !== null && remote === null).length,
    unchanged: ofKind('agree') + ofKind('landed'),
    conflicts: ofKind('conflict'),
    quarantined: ofKind('quarantine'),
    putBack: 0,
  };
}

/** Counts the effect of a commit on GitLab's files; nothing is known of one that an earlier pass sent. */
export function countsOfCommit(actions: readonly CommitAction[] = []): Partial<RunCounts> {
  const count = (...ops: CommitAction['op'][]) => actions.filter(({ op }) => ops.includes(op)).length;
  return { created: count('create'), updated: count('update', 'move'), deleted: count('delete') };
}
