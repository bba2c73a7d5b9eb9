import { blobOf } from '@app/kernel';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { extract, type Extract } from 'tar-stream';
import type { FileContent, Repo, TreeEntry } from '../../gitlab.types';
import type { Api } from '../api';
import { path } from '../api-path';
import { AnswerTooLarge, collect } from '../transport/deadline';

type Entry = Extract extends AsyncIterable<infer Each> ? Each : never;

/** Longer archives, unpacked, contain other things than context files, or try to exhaust the memory. */
const MOST_BYTES = 1024 * 1024 * 1024;

/**
 * Reads a whole commit as one archive: the cheapest way to many files, and the least faithful
 * (docs/gitlab-api.md#blobs-and-archives).
 */
export class Archives {
  constructor(
    private readonly api: Pick<Api, 'stream'>,
    private readonly mostBytes = MOST_BYTES,
  ) {}

  /**
   * Yields the wanted files that the archive contains unchanged; the caller reads the others in another way.
   * `export-ignore` omits files, `export-subst` and LFS change them. Holds at most one file in memory.
   */
  async *read(
    { projectId }: Repo,
    commit: string,
    wanted: ReadonlyMap<string, TreeEntry>,
    maxBytes: number,
  ): AsyncGenerator<FileContent> {
    const to = `${path`/projects/${projectId}/repository/archive`}.tar.gz`;
    const body = await this.api.stream(to, { sha: commit, include_lfs_blobs: false });
    const files = extract();
    // A failure of the pipeline destroys `files`, which also ends the loop below.
    const unpacked = (bytes: AsyncIterable<Buffer>) => upTo(this.mostBytes, bytes);
    const flowing = pipeline(Readable.from(body), createGunzip(), unpacked, files).catch(() => undefined);
    try {
      for await (const entry of files) {
        const file = await this.fileIn(entry, wanted, maxBytes);
        if (file) yield file;
      }
    } finally {
      files.destroy();
      await flowing;
    }
  }

  private async fileIn(
    entry: Entry,
    wanted: ReadonlyMap<string, TreeEntry>,
    maxBytes: number,
  ): Promise<FileContent | null> {
    // GitLab puts all files below a directory that the repository does not have.
    const name = entry.header.name.slice(entry.header.name.indexOf('/') + 1);
    // A name that is not UTF-8 is decoded to this character too, so it proves nothing.
    const expected = name.includes('\ufffd') ? undefined : wanted.get(name);
    const kind = entry.header.type === 'symlink' ? 'symlink' : 'file';
    if (!expected || expected.kind !== kind || entry.header.type === 'directory') return skip(entry);
    const size = entry.header.size ?? 0;
    const file = { path: name, blob: expected.blob, kind } as const;
    if (size > maxBytes) {
      entry.resume();
      return { ...file, bytes: null, size };
    }
    const content = await collect(entry, maxBytes);
    const bytes = kind === 'symlink' ? Buffer.from(entry.header.linkname ?? '') : content;
    return blobOf(bytes) === expected.blob ? { ...file, bytes, size: bytes.length } : null;
  }
}

async function* upTo(limit: number, body: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > limit) throw new AnswerTooLarge(limit);
    yield chunk;
  }
}

function skip(entry: Entry): null {
  entry.resume();
  return null;
}
