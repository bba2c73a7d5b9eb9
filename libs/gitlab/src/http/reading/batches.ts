import { blobOf } from '@app/kernel';
import { CommitUnknown } from '../../errors/commit.errors';
import type { FileContent, Repo } from '../../gitlab.types';
import { BATCH_BYTES, GraphQLClosed, type BlobNode, type GraphQLBlobs } from './graphql-blobs';
import type { KnownFile, RawBlobs } from './raw-blobs';

/** GraphQL's complexity limit allows about this many (docs/gitlab-api.md#graphql-blobs). */
const BATCH_PATHS = 100;

/**
 * Reads any number of files with GraphQL, in as few batches as its limits allow. Verifies each file against its blob
 * id.
 */
export class Batches {
  constructor(
    private readonly graphql: GraphQLBlobs,
    private readonly raw: RawBlobs,
  ) {}

  /** Yields the files, without those that do not exist. @throws GraphQLClosed */
  async *read(
    repo: Repo,
    commit: string,
    paths: readonly string[],
    maxBytes: number,
  ): AsyncGenerator<FileContent> {
    yield* this.eachOf(repo, commit, inChunks(paths, BATCH_PATHS), maxBytes);
  }

  private async *eachOf(
    repo: Repo,
    commit: string,
    batches: readonly (readonly string[])[],
    maxBytes: number,
  ): AsyncGenerator<FileContent> {
    for (const batch of batches) yield* this.batch(repo, commit, batch, maxBytes);
  }

  private async *batch(
    repo: Repo,
    commit: string,
    paths: readonly string[],
    maxBytes: number,
  ): AsyncGenerator<FileContent> {
    const answer = await this.graphql.read(repo, commit, paths, 'with-content');
    if (answer === 'no-ref') throw new CommitUnknown(commit);
    if (answer === 'too-much') return yield* this.smaller(repo, commit, paths, maxBytes);
    for (const node of answer) yield await this.contentOf(repo, commit, node, maxBytes);
  }

  /** Reads the sizes first, to skip files over the limit and to fill batches up to the limit. */
  private async *smaller(
    repo: Repo,
    commit: string,
    paths: readonly string[],
    maxBytes: number,
  ): AsyncGenerator<FileContent> {
    const sized = await this.graphql.read(repo, commit, paths, 'sizes-only');
    if (sized === 'no-ref') throw new CommitUnknown(commit);
    if (sized === 'too-much') {
      if (paths.length === 1) throw new GraphQLClosed();
      return yield* this.eachOf(repo, commit, halves(paths), maxBytes);
    }
    const [tooLarge, rest] = [
      sized.filter((node) => sizeOf(node) > maxBytes),
      sized.filter((node) => sizeOf(node) <= maxBytes),
    ];
    for (const node of tooLarge) yield { ...known(node), bytes: null, size: sizeOf(node) };
    const single = rest.filter((node) => rest.length === 1 || sizeOf(node) > BATCH_BYTES);
    for (const node of single) yield await this.raw.read(repo, commit, known(node), maxBytes);
    const packs = packed(rest.filter((node) => !single.includes(node)));
    // GitLab refused files whose sizes fit: only fewer paths can help.
    const noSmaller = packs.length === 1 && rest.length === paths.length && !single.length;
    yield* this.eachOf(repo, commit, noSmaller ? halves(paths) : packs, maxBytes);
  }

  private async contentOf(
    repo: Repo,
    commit: string,
    node: BlobNode,
    maxBytes: number,
  ): Promise<FileContent> {
    const file = known(node);
    if (sizeOf(node) > maxBytes) return { ...file, bytes: null, size: sizeOf(node) };
    const bytes = bytesOf(node);
    if (bytes && blobOf(bytes) === node.oid) return { ...file, bytes, size: bytes.length };
    return this.raw.read(repo, commit, file, maxBytes);
  }
}

function known({ path, oid, mode }: BlobNode): KnownFile {
  return { path, blob: oid, kind: mode === '120000' ? 'symlink' : 'file' };
}

function sizeOf({ size }: BlobNode): number {
  return Number(size);
}

function bytesOf({ base64EncodedBlob, rawTextBlob }: BlobNode): Buffer | null {
  if (typeof base64EncodedBlob === 'string') return Buffer.from(base64EncodedBlob, 'base64');
  return typeof rawTextBlob === 'string' ? Buffer.from(rawTextBlob) : null;
}

function inChunks(paths: readonly string[], size: number): string[][] {
  const count = Math.ceil(paths.length / size);
  return Array.from({ length: count }, (_, at) => paths.slice(at * size, (at + 1) * size));
}

function halves(paths: readonly string[]): string[][] {
  return inChunks(paths, Math.ceil(paths.length / 2));
}

/** Packs the files into batches whose total sizes stay below the limit. */
function packed(nodes: readonly BlobNode[]): string[][] {
  const packs: string[][] = [];
  let room = 0;
  for (const node of nodes) {
    if (sizeOf(node) > room) {
      packs.push([]);
      room = BATCH_BYTES;
    }
    packs.at(-1)!.push(node.path);
    room -= sizeOf(node);
  }
  return packs;
}
