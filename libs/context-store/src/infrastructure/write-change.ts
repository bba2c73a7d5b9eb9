import type { TenantDatabase } from '@app/database';
import { allSettledOrThrow, type OrgId } from '@app/kernel';
import type { Change } from '../domain/change';
import type { ChangeBuilder } from '../domain/change-builder';
import { changeRow, versionRows } from './context-store.mapping';
import { writeTexts } from './write-texts';

/**
 * Writes a change, its versions, the changed files and the new head in one statement; texts are written separately.
 */
export async function writeChange(
  db: TenantDatabase,
  org: OrgId,
  change: Change,
  draft: ChangeBuilder,
): Promise<void> {
  const made = changeRow(org, change);
  const versions = versionRows(org, change, draft.versions);
  const written = [...draft.files.values()].filter((file) => file !== null);
  const { bytes, files } = draft.usage;
  const gone = [...draft.files].filter(([, file]) => file === null).map(([path]) => path);
  const writing = db.query(
    `WITH head AS (
       UPDATE context_heads SET revision = $2, bytes = $25, files = $26 WHERE org = $1
     ), change AS (
       INSERT INTO context_changes (org, revision, id, author_name, author_email, message, origin, at, run_id, commit)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
     ), versions AS (
       INSERT INTO context_versions
              (org, revision, change_id, id, path, op, blob, from_path, author_name, author_email, at, position)
       SELECT $1, $2, $3, version.* FROM unnest(
         $11::text[], $12::text[], $13::text[], $14::text[], $15::text[], $16::text[], $17::text[], $18::timestamptz[], $19::int[]
       ) AS version
     ), gone AS (
       DELETE FROM context_files WHERE org = $1 AND path = ANY($20)
     )
     INSERT INTO context_files
            (org, revision, author_name, author_email, origin, updated_at, path, blob, size, version)
     SELECT $1, $2, $4, $5, $7, $8, file.* FROM unnest($21::text[], $22::text[], $23::int[], $24::text[]) AS file
         ON CONFLICT (org, path) DO UPDATE SET
            revision = excluded.revision, author_name = excluded.author_name, author_email = excluded.author_email,
            origin = excluded.origin, updated_at = excluded.updated_at,
            blob = excluded.blob, size = excluded.size, version = excluded.version`,
    [
      ...[org, made.revision, made.id, made.authorName, made.authorEmail],
      ...[made.message, made.origin, made.at, made.runId, made.commit],
      ...columns(versions, [
        ...(['id', 'path', 'op', 'blob', 'from'] as const),
        ...(['authorName', 'authorEmail', 'at', 'position'] as const),
      ]),
      gone,
      ...columns(written, ['path', 'blob', 'size', 'version']),
      ...[bytes, files],
    ],
  );
  await allSettledOrThrow(writing, writeTexts(db, org, [...draft.contents]));
}

/** Builds one array per column, as `unnest` expects. */
function columns<Row>(rows: readonly Row[], keys: readonly (keyof Row)[]): unknown[][] {
  return keys.map((key) => rows.map((row) => row[key]));
}
