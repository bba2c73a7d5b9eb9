import { CommitUnknown } from '../errors/commit.errors';
import { GitLabAnswerInvalid, GitLabRefused } from '../errors/answer.errors';
import type { Commit, Repo } from '../gitlab.types';
import type { Api } from './api';
import { path } from './api-path';
import { ifMissing } from './errors/response-errors';
import type { InstanceCapabilities } from './instance-capabilities';
import { listOf } from './responses/shapes';
import { branchRow, commitRow, toCommit, type CommitRow } from './rows';

const COMMITS_PER_PAGE = 100;
const MOST_PAGES_SEARCHED = 20;
/** A merge of a branch that started before the range has one parent outside the range. */
const MOST_LACKING = 20;

/** Reads single commits and searches the commits of a branch. */
export class History {
  constructor(
    private readonly api: Api,
    private readonly memory: InstanceCapabilities,
  ) {}

  async commitById({ projectId }: Repo, id: string): Promise<Commit> {
    return this.remember(projectId, await this.row(projectId, id));
  }

  async findCommit(repo: Repo, since: string | null, trailer: string): Promise<Commit | null> {
    const carries = ({ message }: CommitRow) => message.split(/\r?\n/).includes(trailer);
    try {
      return await this.search(repo, since, carries);
    } catch (error) {
      if (!(error instanceof GitLabRefused) || (error.status !== 400 && error.status !== 404)) throw error;
      // The branch is gone, or a force push removed `since`: search the whole branch.
      return since ? this.findCommit(repo, null, trailer) : null;
    }
  }

  async lastCommitTouching({ projectId }: Repo, commit: string, file: string): Promise<Commit | null> {
    // Since 18.10 GitLab follows renames by default (docs/gitlab-api.md#commits).
    const query = { ref_name: commit, path: file, per_page: 1, follow: false };
    const { data } = await this.api.get(path`/projects/${projectId}/repository/commits`, listOf(commitRow), {
      query,
      translate: ifMissing(() => new CommitUnknown(commit)),
    });
    return data.length ? this.remember(projectId, data[0]) : null;
  }

  private async search(
    repo: Repo,
    since: string | null,
    wanted: (row: CommitRow) => boolean,
  ): Promise<Commit | null> {
    const { projectId, branch } = repo;
    const range = since ? `${since}..${branch}` : branch;
    const listed: CommitRow[] = [];
    for (let page = 1; page <= MOST_PAGES_SEARCHED; page++) {
      const query = { ref_name: range, per_page: COMMITS_PER_PAGE, page };
      const { data, next } = await this.api.get(
        path`/projects/${projectId}/repository/commits`,
        listOf(commitRow),
        { query },
      );
      const found = data.find(wanted);
      if (found) return this.remember(projectId, found);
      listed.push(...data);
      if (data.length < COMMITS_PER_PAGE && !next) return this.overlooked(repo, since, listed, wanted);
    }
    return null;
  }

  /**
   * Reads commits that the list lacks, by id. A commit that is wrongly taken for missing would be sent twice. A
   * complete list begins with the head and contains every parent within the range.
   * @throws GitLabAnswerInvalid
   */
  private async overlooked(
    { projectId, branch }: Repo,
    since: string | null,
    listed: readonly CommitRow[],
    wanted: (row: CommitRow) => boolean,
  ): Promise<Commit | null> {
    const known = new Set([...listed.map(({ id }) => id), since]);
    const to = path`/projects/${projectId}/repository/branches/${branch}`;
    const { commit: head } = (await this.api.get(to, branchRow)).data;
    const lacking = new Set(
      [head.id, ...listed.flatMap((row) => row.parent_ids)].filter((id) => !known.has(id)),
    );
    if (lacking.size > MOST_LACKING) throw new GitLabAnswerInvalid('a list of commits lacks many of them');
    for (const id of lacking) {
      const row = id === head.id ? head : await this.row(projectId, id);
      if (wanted(row)) return this.remember(projectId, row);
    }
    // Other commits besides the head are missing, or the branch has moved on since.
    if (lacking.has(head.id) && !head.parent_ids.some((id) => known.has(id)))
      throw new GitLabAnswerInvalid('a list of commits does not begin with the head of the branch');
    return null;
  }

  private async row(projectId: number, id: string): Promise<CommitRow> {
    const to = path`/projects/${projectId}/repository/commits/${id}`;
    const translate = ifMissing(() => new CommitUnknown(id));
    return (await this.api.get(to, commitRow, { query: { stats: false }, translate })).data;
  }

  /** Remembers the commit for `recall`, which is used if the branch has not moved. */
  remember(projectId: number, row: CommitRow): Commit {
    return this.memory.keep(this.api.instanceUrl, projectId, toCommit(row));
  }

  /**
   * Returns a remembered commit. All tokens share them: ask only for commits that GitLab has just shown to this
   * token.
   */
  recall(projectId: number, id: string): Commit | undefined {
    return this.memory.commit(this.api.instanceUrl, projectId, id);
  }
}
