import type { ContextFile } from '../domain/change';
import type { Head } from '../domain/change-builder';

/** PostgreSQL returns bigint as text. */
export interface StoredHead {
  readonly revision: string;
  readonly bytes: string;
  readonly files: number;
}

export const toHead = ({ revision, bytes, files }: StoredHead): Head => ({
  revision: Number(revision),
  usage: { bytes: Number(bytes), files },
});

/** Every column is null if a row has no file. */
export interface StoredFile extends Omit<ContextFile, 'revision' | 'updatedBy'> {
  readonly revision: string;
  readonly authorName: string;
  readonly authorEmail: string;
}

/** The columns of a `StoredFile`, of the table or subquery `file`. */
export const FILE = `file.path, file.blob, file.size, file.version, file.revision, file.updated_at AS "updatedAt",
  file.author_name AS "authorName", file.author_email AS "authorEmail", file.origin`;

export function filesOf(rows: readonly StoredFile[]): Map<string, ContextFile> {
  const stored = rows.filter(({ path }) => path !== null);
  return new Map(stored.map((row) => [row.path, toFile(row)]));
}

function toFile(row: StoredFile): ContextFile {
  const { path, blob, size, version, updatedAt, origin, authorName: name, authorEmail: email } = row;
  const revision = Number(row.revision);
  return { path, blob, size, version, revision, updatedAt, updatedBy: { name, email }, origin };
}
