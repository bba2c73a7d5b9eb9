import { GraphQLError } from 'graphql';
import { isBinary } from '../../git/line-endings';
import type { Repository } from '../../git/repository';
import type { Settings } from '../../instance/settings';

export interface BlobsArguments {
  readonly paths: readonly string[];
  readonly ref?: string | null;
  readonly first?: number | null;
  readonly after?: string | null;
}

interface BlobNode {
  readonly id: string;
  readonly oid: string;
  readonly name: string;
  readonly path: string;
  readonly mode: string;
  /** A BigInt, which travels as text. */
  readonly size: string;
  readonly rawSize: string;
  readonly rawBlob: () => string;
  readonly rawTextBlob: () => string | null;
  readonly base64EncodedBlob: () => string;
}

const DATA_FIELDS = ['rawBlob', 'rawTextBlob', 'base64EncodedBlob'];
const MIB = 1024 * 1024;

/** `repository.blobs` (docs/gitlab-api.md#graphql-blobs): paths that are no blob are left out, and too much content at once is refused. */
export function resolveBlobs(
  repository: Repository,
  settings: Settings,
  { paths, ref, first, after }: BlobsArguments,
  asked: ReadonlySet<string>,
) {
  const all = repository.empty ? [] : nodesOf(repository, paths, ref || 'HEAD');
  const total = all.reduce((sum, { rawSize }) => sum + Number(rawSize), 0);
  if (paths.length > 1 && DATA_FIELDS.some((field) => asked.has(field)) && total > settings.graphqlBlobBytes)
    throw new GraphQLError(
      `Max blobs size limit exceeded (${(total / MIB).toFixed(2)} MiB / ${settings.graphqlBlobBytes / MIB} MiB).`,
    );
  const start = after ? Number(Buffer.from(after, 'base64').toString()) : 0;
  const nodes = all.slice(
    start,
    start + Math.min(first ?? settings.graphqlPageSize, settings.graphqlPageSize),
  );
  const cursor = (index: number) => Buffer.from(String(start + index + 1)).toString('base64');
  return {
    nodes,
    edges: nodes.map((node, index) => ({ cursor: cursor(index), node })),
    pageInfo: {
      hasNextPage: start + nodes.length < all.length,
      hasPreviousPage: start > 0,
      startCursor: nodes.length ? cursor(0) : null,
      endCursor: nodes.length ? cursor(nodes.length - 1) : null,
    },
  };
}

function nodesOf(repository: Repository, paths: readonly string[], ref: string): BlobNode[] {
  const commit = repository.resolve(ref);
  if (!commit) throw new GraphQLError('Ref is not valid');
  return [...new Set(paths)].flatMap((path) => {
    const entry = repository.objects.entryAt(commit.tree, path);
    const bytes = entry && repository.objects.blob(entry.id);
    return entry && bytes ? [nodeOf(path, entry.id, entry.mode, bytes)] : [];
  });
}

function nodeOf(path: string, oid: string, mode: string, bytes: Buffer): BlobNode {
  return {
    id: `gid://gitlab/Gitlab::Git::Blob/${oid}`,
    oid,
    name: path.split('/').at(-1) ?? path,
    path,
    mode,
    size: String(bytes.byteLength),
    rawSize: String(bytes.byteLength),
    rawBlob: () => bytes.toString(),
    rawTextBlob: () => (isBinary(bytes) ? null : bytes.toString()),
    base64EncodedBlob: () => bytes.toString('base64'),
  };
}
