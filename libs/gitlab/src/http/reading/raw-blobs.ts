import { blobOf } from '@app/kernel';
import { CommitUnknown, GitLabUnavailable } from '../../gitlab.errors';
import type { FileContent, Repo } from '../../gitlab.port';
import type { Api } from '../api';
import { path } from '../api-path';
import { ifMissing } from '../errors/answer-errors';

/** A file whose blob is known from a tree or from GitLab's own answer. */
export type KnownFile = Pick<FileContent, 'path' | 'blob' | 'kind'>;

const AT_A_TIME = 8;

/** Single files by blob id: the plainest way to their bytes, which every server and every token can go. */
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

  async read(repo: Repo, commit: string, file: KnownFile, maxBytes: number): Promise<FileContent> {
    const to = path`/projects/${repo.projectId}/repository/blobs/${file.blob}/raw`;
    const bytes = await this.api.bytes(to, maxBytes, {
      translate: ifMissing(() => new CommitUnknown(commit)),
    });
    if (!bytes) return { ...file, bytes, size: await this.sizeOf(repo, commit, file) };
    if (blobOf(bytes) !== file.blob)
      throw new GitLabUnavailable(`the bytes of ${file.path} do not match their blob id`);
    return { ...file, bytes, size: bytes.length };
  }

  private async sizeOf({ projectId }: Repo, commit: string, file: KnownFile): Promise<number> {
    const to = path`/projects/${projectId}/repository/files/${file.path}`;
    const headers = await this.api.head(to, { query: { ref: commit } });
    return Number(headers['x-gitlab-size']);
  }
}
