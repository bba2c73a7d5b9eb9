import type { Change, HistoryEntry } from './change';

/** Returns the versions of these changes as the history shows them, newest first. */
export function entriesOf(changes: readonly Change[]): HistoryEntry[] {
  const entries = changes.flatMap(({ id: changeId, versions, ...change }): HistoryEntry[] => {
    const { revision, author, at, origin, commit, message, runId } = change;
    return versions.map((version) => ({
      ...version,
      ...{ changeId, revision, author, at, origin, commit, message, runId },
    }));
  });
  return entries.reverse();
}
