import type { CommitStatus } from '../commit-status.types';
import { GitLabUnavailable } from '../errors/answer.errors';
import { CommitUnknown } from '../errors/commit.errors';
import type { Repo } from '../gitlab.types';
import type { Api } from './api';
import { path } from './api-path';
import type { Translate } from './errors/response-errors';

/** Posts statuses of commits, each with one POST that is sent once (docs/gitlab-api.md#post-a-status). */
export class CommitStatuses {
  constructor(private readonly api: Api) {}

  async set({ projectId, branch }: Repo, commit: string, status: CommitStatus): Promise<void> {
    const { state, name, description, targetUrl } = status;
    const body = { state, ref: branch, name, description, target_url: targetUrl };
    const to = path`/projects/${projectId}/statuses/${commit}`;
    await this.api.send('POST', to, body, statusError(commit));
  }
}

/** GitLab waits some seconds for another update of the same commit before it answers 409, and then changes nothing. */
const statusError =
  (commit: string): Translate =>
  ({ status, text }) => {
    if (status === 409) return new GitLabUnavailable(text);
    if (status === 404) return new CommitUnknown(commit);
    return undefined;
  };
