import type { OrgId } from '@app/kernel';
import type { Change, HistoryEntry } from '../domain/change';
import type { PlannedVersion } from '../domain/change-builder';
import type { ContextChangeRow, ContextVersionRow } from './context-store.rows';

export function toChange(row: ContextChangeRow, rows: readonly ContextVersionRow[]): Change {
  const { id, revision, message, origin, at, runId, commit, leftOut, abridged } = row;
  const versions = rows.map(({ id, path, op, blob, from }) => ({ id, path, op, blob, from }));
  const change = { id, revision, author: authorOf(row), message, origin, at, runId, commit, versions };
  return { ...change, ...(leftOut && { leftOut }), ...(abridged && { abridged }) };
}

export function changeRow(org: OrgId, change: Change): ContextChangeRow {
  const { id, revision, author, message, origin, at, runId, commit } = change;
  return {
    org,
    id,
    revision,
    ...authorColumns(author),
    message: storable(message),
    origin,
    at,
    runId,
    commit,
  };
}

export function toEntry(row: ContextVersionRow): HistoryEntry {
  const { id, path, op, blob, from, changeId, revision, at } = row;
  const { message, origin, commit, runId } = row.change!;
  const author = authorOf(row);
  return { id, path, op, blob, from, changeId, revision, author, at, message, origin, commit, runId };
}

export function versionRows(
  org: OrgId,
  change: Change,
  versions: readonly PlannedVersion[],
): ContextVersionRow[] {
  const { id: changeId, revision } = change;
  return versions.map(({ author, ...version }, position) => ({
    org,
    changeId,
    revision,
    position,
    ...version,
    ...authorColumns(author),
  }));
}

function authorOf(row: { authorName: string; authorEmail: string }) {
  return { name: row.authorName, email: row.authorEmail };
}

function authorColumns({ name, email }: { name: string; email: string }) {
  return { authorName: storable(name), authorEmail: storable(email) };
}

/** Replaces characters that PostgreSQL cannot store: NUL and unpaired surrogates. */
function storable(text: string): string {
  return text.replace(/\0|\p{Surrogate}/gu, '\uFFFD');
}
