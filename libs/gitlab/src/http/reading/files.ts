import type { FileContent, Repo, TreeEntry } from '../../gitlab.types';
import type { Archives } from './archives';
import type { Batches } from './batches';
import { GraphQLClosed } from './graphql-blobs';
import type { KnownFile, RawBlobs } from './raw-blobs';
import type { Trees } from './trees';

/** For more files than this, one archive is cheaper than batches, if it contains few other files. */
const ARCHIVE_FROM = 300;
const ARCHIVE_SHARE = 1 / 4;

export interface ReadOptions {
  readonly maxBytes: number;
  readonly tree?: ReadonlyMap<string, TreeEntry>;
}

type FileEntry = TreeEntry & { readonly kind: 'file' | 'symlink' };

/**
 * Reads files of one commit in few requests: an archive for very many, batches for many, single blobs if neither works.
 * Treats a file as absent only if two answers lack it.
 */
export class Files {
  constructor(
    private readonly trees: Trees,
    private readonly archives: Archives,
    private readonly batches: Batches,
    private readonly raw: RawBlobs,
  ) {}

  async *read(
    repo: Repo,
    commit: string,
    paths: readonly string[],
    { maxBytes, tree }: ReadOptions,
  ): AsyncGenerator<FileContent> {
    const left = new Set(paths);
    const tickOff = async function* (files: AsyncGenerator<FileContent>) {
      for await (const file of files) if (left.delete(file.path)) yield file;
    };
    const listed = tree && entriesOf(tree, paths);
    if (tree && listed && listed.size > ARCHIVE_FROM && listed.size >= tree.size * ARCHIVE_SHARE)
      yield* tickOff(this.fromArchive(repo, commit, listed, maxBytes));
    const closed = yield* untilClosed(tickOff(this.batches.read(repo, commit, [...left], maxBytes)));
    if (!left.size) return;
    const lacking = !tree || (closed && [...left].some((path) => !tree.has(path)));
    const second = lacking ? await this.trees.read(repo, commit) : tree;
    yield* this.raw.readAll(repo, commit, knownFiles(entriesOf(second, left)), maxBytes);
  }

  /** Ignores any failure of the archive: the caller reads the remaining files in another way. */
  private async *fromArchive(
    repo: Repo,
    commit: string,
    wanted: ReadonlyMap<string, FileEntry>,
    maxBytes: number,
  ): AsyncGenerator<FileContent> {
    try {
      yield* this.archives.read(repo, commit, wanted, maxBytes);
    } catch {
      return;
    }
  }
}

/** Yields the files and returns whether GraphQL turned out to be closed. */
async function* untilClosed(files: AsyncGenerator<FileContent>): AsyncGenerator<FileContent, boolean> {
  try {
    yield* files;
    return false;
  } catch (error) {
    if (error instanceof GraphQLClosed) return true;
    throw error;
  }
}

function entriesOf(tree: ReadonlyMap<string, TreeEntry>, paths: Iterable<string>): Map<string, FileEntry> {
  const entries = new Map<string, FileEntry>();
  for (const path of paths) {
    const entry = tree.get(path);
    if (isFile(entry)) entries.set(path, entry);
  }
  return entries;
}

function isFile(entry: TreeEntry | undefined): entry is FileEntry {
  return entry?.kind === 'file' || entry?.kind === 'symlink';
}

function knownFiles(entries: ReadonlyMap<string, FileEntry>): KnownFile[] {
  return [...entries].map(([path, { blob, kind, pathUnsure }]) => ({
    ...{ path, blob, kind },
    // Nothing proves the names at the root. Checking them needs no second request.
    pathUnsure: pathUnsure ?? !path.includes('/'),
  }));
}
