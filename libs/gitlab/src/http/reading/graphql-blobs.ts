import { GitLabAnswerInvalid, GitLabRefused } from '../../errors/answer.errors';
import { TokenRejected, TokenScopeMissing } from '../../errors/token.errors';
import type { Repo } from '../../gitlab.types';
import {
  content,
  flag,
  id,
  listOf,
  optional,
  path as repoPath,
  row,
  size,
  text,
  type ReadAs,
} from '../responses/shapes';
import type { Api } from '../api';
import type { InstanceCapabilities } from '../instance-capabilities';
import type { MovedProjects } from '../moved-projects';
import { AnswerTooLarge } from '../transport/deadline';

/** GitLab allows 20 MiB in one answer (docs/gitlab-api.md#graphql-blobs), but parsing that takes too long. */
export const BATCH_BYTES = 6 * 1024 * 1024;
/** Content in base64, plus the other fields. */
const ANSWER_BYTES = BATCH_BYTES * 1.5;

const blobNode = row({
  path: repoPath,
  oid: id,
  mode: optional(text, null),
  size,
  base64EncodedBlob: optional(content, null),
  rawTextBlob: optional(content, null),
});
export type BlobNode = ReadAs<typeof blobNode>;

/** GraphQL is missing or closed to this token: read the files in another way. */
export class GraphQLClosed extends Error {}

const pageInfo = row({ hasNextPage: flag });
const blobs = row({ nodes: listOf(blobNode), pageInfo });
const repository = row({ blobs: optional(blobs, undefined) });
const project = row({ repository: optional(repository, undefined) });
const blobsAnswer = row({
  data: optional(row({ project: optional(project, null) }), undefined),
  errors: optional(listOf(row({ message: optional(text, '') })), []),
});
type BlobsAnswer = ReadAs<typeof blobsAnswer>;

/** Reads many files of one commit in one request. */
export class GraphQLBlobs {
  constructor(
    private readonly api: Api,
    private readonly moved: MovedProjects,
    private readonly memory: InstanceCapabilities,
  ) {}

  /** Returns the files, without those that do not exist. @throws GraphQLClosed */
  async read(
    repo: Repo,
    commit: string,
    paths: readonly string[],
    content: 'with-content' | 'sizes-only',
  ): Promise<readonly BlobNode[] | 'too-much' | 'no-ref'> {
    const capabilities = this.memory.capabilitiesOf(this.api.instanceUrl);
    const field = capabilities.base64Blobs ? 'base64EncodedBlob' : 'rawTextBlob';
    const answer = await this.ask(repo, commit, paths, content === 'with-content' ? field : '');
    if (answer === 'too-much') return answer;
    const said = answer.errors.map(({ message }) => message).join('; ');
    if (capabilities.base64Blobs && /base64EncodedBlob/.test(said)) {
      capabilities.base64Blobs = false;
      return this.read(repo, commit, paths, content);
    }
    if (/Max blobs size limit exceeded|complexity/i.test(said)) return 'too-much';
    if (/Ref is not valid/i.test(said)) return 'no-ref';
    // GraphQL identifies projects only by path and does not follow renames.
    if (!said && answer.data?.project === null && (await this.moved.lookUp(repo)))
      return this.read(repo, commit, paths, content);
    const blobs = answer.data?.project?.repository?.blobs;
    if (said || !blobs) throw new GraphQLClosed();
    return blobs.pageInfo.hasNextPage ? 'too-much' : blobs.nodes;
  }

  private async ask(
    repo: Repo,
    ref: string,
    paths: readonly string[],
    field: string,
  ): Promise<BlobsAnswer | 'too-much'> {
    const query = `query ($project: ID!, $ref: String!, $paths: [String!]!) {
  project(fullPath: $project) {
    repository {
      blobs(ref: $ref, paths: $paths) { nodes { path oid mode size ${field} } pageInfo { hasNextPage } }
    }
  }
}`;
    const project = this.moved.pathOf(repo);
    try {
      return await this.api.query(query, { project, ref, paths }, ANSWER_BYTES, blobsAnswer);
    } catch (error) {
      if (error instanceof AnswerTooLarge) return 'too-much';
      const closed = [GitLabRefused, GitLabAnswerInvalid, TokenScopeMissing, TokenRejected].some(
        (kind) => error instanceof kind,
      );
      throw closed ? new GraphQLClosed() : error;
    }
  }
}
