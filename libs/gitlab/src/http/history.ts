import { CommitUnknown, GitLabRefused } from '../gitlab.errors';
import type { Commit, Repo } from '../gitlab.port';
import type { Api } from './api';
import { path } from './api-path';
import { ifMissing } from './errors/answer-errors';
import type { InstanceMemory } from './instance-memory';
import { toCommit, type CommitRow } from './rows';

const COMMITS_PER_PAGE = 100;
const MOST_PAGES_SEARCHED = 20;

/** Single commits, and what to find among those of a branch. */
export class History {
  constructor(
    private readonly api: Api,
    private readonly memory: InstanceMemory,
  ) {}

  async commitById({ projectId }: Repo, id: string): Promise<Commit> {
    const { data } = await this.api.get<CommitRow>(path`/projects/${projectId}/repository/commits/${id}`, {
      query: { stats: false },
      translate: ifMissing(() => new CommitUnknown(id)),
    });
    return this.remember(projectId, data);
  }

  async findCommit(repo: Repo, since: string | null, trailer: string): Promise<Commit | null> {
    const carries = ({ message }: CommitRow) => message.split(/\r?\n/).includes(trailer);
    try {
      return await this.search(repo, since ? `${since}..${repo.branch}` : repo.branch, carries);
    } catch (error) {
      if (!(error instanceof GitLabRefused) || (error.status !== 400 && error.status !== 404)) throw error;
      // The branch is gone, or `since` is, by a force push: then the branch itself is looked through.
      return since ? this.findCommit(repo, null, trailer) : null;
    }
  }

  async lastCommitTouching({ projectId }: Repo, commit: string, file: string): Promise<Commit | null> {
    // Since 18.10 renames are followed unless told otherwise (§4.6).
    const query = { ref_name: commit, path: file, per_page: 1, follow: false };
    const { data } = await this.api.get<CommitRow[]>(path`/projects/${projectId}/repository/commits`, {
      query,
      translate: ifMissing(() => new CommitUnknown(commit)),
    });
    return data.length ? this.remember(projectId, data[0]) : null;
  }

  private async search(
    { projectId }: Repo,
    range: string,
    wanted: (row: CommitRow) => boolean,
  ): Promise<Commit | null> {
    for (let page = 1; page <= MOST_PAGES_SEARCHED; page++) {
      const query = { ref_name: range, per_page: COMMITS_PER_PAGE, page };
      const { data } = await this.api.get<CommitRow[]>(path`/projects/${projectId}/repository/commits`, {
        query,
      });
      const found = data.find(wanted);
      if (found) return this.remember(projectId, found);
      if (data.length < COMMITS_PER_PAGE) return null;
    }
    return null;
  }

  /** For `recall`, the next time the branch turns out to stand still. */
  remember(projectId: number, row: CommitRow): Commit {
    return this.memory.keep(this.api.instanceUrl, projectId, toCommit(row));
  }

  /** Shared by all tokens: only for a commit that GitLab has just shown to this one. */
  recall(projectId: number, id: string): Commit | undefined {
    return this.memory.commit(this.api.instanceUrl, projectId, id);
  }
}
