import { inert, inertLines, type Author, type Page } from '@app/kernel';
import type { ContextFile, HistoryEntry, Origin, Version } from '../domain/change';
import type { FileWritten } from './context-store.service';
import type { FileRead } from './read-files';

/** A context file as shown to people: names of authors are inert, paths are exact. */
export interface FileView {
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** Git's blob id of the bytes. */
  readonly blob: string;
  readonly version: string;
  readonly updatedAt: string;
  readonly updatedBy: Author;
  readonly origin: Origin;
}

/** One page of the files. */
export interface FilesView extends Page<FileView> {
  /** The org's revision that the page shows. */
  readonly revision: number;
}

/** A file with its text, exactly as it is stored. */
export interface FileTextView extends FileView {
  readonly revision: number;
  readonly content: Buffer;
}

/** The file that was written, as it is now. */
export interface WrittenView {
  readonly revision: number;
  readonly path: string;
  readonly blob: string;
  readonly version: string;
}

/** The effect of a change. */
export interface ChangedView {
  /** The org's revision now. */
  readonly revision: number;
  /** Becomes one commit; null if nothing changed. */
  readonly changeId: string | null;
}

/** A version as shown to people, with the change that made it. */
export interface HistoryEntryView extends Version {
  readonly version: string;
  readonly revision: number;
  readonly changeId: string;
  readonly author: Author;
  readonly at: string;
  readonly origin: Origin;
  readonly message: string;
  /** The commit it came from or became. */
  readonly commit: string | null;
  readonly runId: string | null;
}

export function fileView({ path, size, blob, version, updatedAt, updatedBy, origin }: ContextFile): FileView {
  return {
    path,
    size,
    blob,
    version,
    updatedAt: updatedAt.toISOString(),
    updatedBy: authorView(updatedBy),
    origin,
  };
}

export function fileTextView({ file, revision, content }: FileRead): FileTextView {
  return { ...fileView(file), revision, content };
}

export function writtenView({ revision, path, blob, version }: FileWritten): WrittenView {
  return { revision, path, blob, version };
}

export function historyEntryView(entry: HistoryEntry): HistoryEntryView {
  return {
    ...entry,
    version: entry.id,
    at: entry.at.toISOString(),
    author: authorView(entry.author),
    message: inertLines(entry.message),
  };
}

const authorView = ({ name, email }: Author): Author => ({ name: inert(name), email: inert(email) });
