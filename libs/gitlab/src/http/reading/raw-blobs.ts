import { blobOf } from '@app/kernel';
import { CommitUnknown } from '../../errors/commit.errors';
import { GitLabAnswerInvalid, GitLabRefused } from '../../errors/answer.errors';
import type { FileContent, Repo } from '../../gitlab.types';
import type { Api } from '../api';
import { path } from '../api-path';
import { ifMissing } from '../errors/response-errors';

/** A file whose blob is known from a tree or from GraphQL. */
export type KnownFile = Pick<FileContent, 'path' | 'blob' | 'kind'> & {
  /** True if a request by path must prove that the file exists there. */
  readonly pathUnsure?: boolean;
};

const AT_A_TIME = 8;

/** Reads single files by blob id, the only way that every server and every token allows. */
export class RawBlobs {
  constructor(private readonly api: Api) {}

  async *readAll(
    repo: Repo,
    commit: string,
    files: readonly KnownFile[],
    maxBytes: number,
  ): AsyncGenerator<FileContent> {
    for (let at = 0; at < files.length; at += AT_A_TIME) {
      const some = files.slice(at, at + AT_A_TIME);
      yield* await Promise.all(some.map((file) => this.read(repo, commit, file, maxBytes)));
    }
  }

  async read(
    repo: Repo,
    commit: string,
    { pathUnsure, ...file }: KnownFile,
    maxBytes: number,
  ): Promise<FileContent> {
    if (pathUnsure && !(await this.isAt(repo, commit, file.path)))
      return { ...file, bytes: null, size: 0, misnamed: true };
    const to = path`/projects/${repo.projectId}/repository/blobs/${file.blob}/raw`;
    const bytes = await this.api.bytes(to, maxBytes, {
      translate: ifMissing(() => new CommitUnknown(commit)),
    });
    if (!bytes) return { ...file, bytes, size: await this.sizeOf(repo, commit, file) };
    if (blobOf(bytes) !== file.blob)
      throw new GitLabAnswerInvalid(`the bytes of ${file.path} do not match their blob id`);
    return { ...file, bytes, size: bytes.length };
  }

  /** Checks whether GitLab finds the file by path. It does not if its answer altered the name. */
  private async isAt({ projectId }: Repo, commit: string, file: string): Promise<boolean> {
    try {
      await this.api.head(path`/projects/${projectId}/repository/files/${file}`, { query: { ref: commit } });
      return true;
    } catch (error) {
      if (error instanceof GitLabRefused && error.status === 404) return false;
      throw error;
    }
  }

  private async sizeOf({ projectId }: Repo, commit: string, file: KnownFile): Promise<number> {
    const to = path`/projects/${projectId}/repository/files/${file.path}`;
    const { 'x-gitlab-size': size = '' } = await this.api.head(to, { query: { ref: commit } });
    if (!/^\d+$/.test(size)) throw new GitLabAnswerInvalid(`no size of ${file.path} came`);
    return Number(size);
  }
}
