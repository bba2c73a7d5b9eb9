import { CommitUnknown } from '../errors/commit.errors';
import type { ChangedPath, Changes, Commit, EntryKind, Repo } from '../gitlab.types';
import type { Api } from './api';
import { path } from './api-path';
import type { Branches } from './branches';
import { ifMissing } from './errors/response-errors';
import type { History } from './history';
import type { MovedProjects } from './moved-projects';
import { flag, listOf, optional, orNull, path as repoPath, row, text, type ReadAs } from './responses/shapes';
import { isReadAnotherWay } from './retry';
import { commitRow, toCommit, type CommitRow } from './rows';

/**
 * Servers truncate lists at different limits; this is below the smallest. A longer list may be incomplete
 * (docs/gitlab-api.md#compare).
 */
const SURE_ROWS = 1_000;

const diffRow = row({
  old_path: repoPath,
  new_path: repoPath,
  b_mode: orNull(text),
  renamed_file: flag,
  deleted_file: flag,
});
type DiffRow = ReadAs<typeof diffRow>;

const compareRow = row({
  commit: optional(commitRow, null),
  commits: listOf(commitRow),
  diffs: listOf(diffRow),
  compare_timeout: flag,
  compare_same_ref: optional(flag, false),
  /** Begins with the URL of the project's page and ends with the two compared commits. */
  web_url: optional(text, ''),
});
type CompareRow = ReadAs<typeof compareRow>;

const CUT_OFF: CompareRow = {
  commit: null,
  commits: [],
  diffs: [],
  compare_timeout: true,
  compare_same_ref: false,
  web_url: '',
};

/** Compares a branch with a commit by the difference of the two trees. */
export class Comparisons {
  constructor(
    private readonly api: Api,
    private readonly branches: Branches,
    private readonly history: History,
    private readonly moved: MovedProjects,
  ) {}

  async changesSince(repo: Repo, commit: string): Promise<Changes> {
    const compared = await this.compare(repo, commit, repo.branch);
    if (compared) await this.moved.compareWith(compared.web_url, repo);
    if (compared?.commit) return this.changes(repo, compared, compared.commit);
    if (compared && isSame(compared))
      return { head: await this.unmoved(repo, commit), commits: [], paths: [] };
    const { commit: head } = await this.branches.row(repo.projectId, repo.branch);
    if (head.id === commit)
      return { head: this.history.remember(repo.projectId, head), commits: [], paths: [] };
    if (!compared) return this.changes(repo, CUT_OFF, head);
    // After a reset to an older commit no commit names the head, and the branch may move between two requests.
    const exact = compared.web_url.endsWith(head.id) ? compared : await this.compare(repo, commit, head.id);
    return this.changes(repo, exact ?? CUT_OFF, head);
  }

  private async unmoved(repo: Repo, commit: string): Promise<Commit> {
    return this.history.recall(repo.projectId, commit) ?? this.history.commitById(repo, commit);
  }

  /** Returns null if the difference is too large for the server to compute, or for this service to read. */
  private async compare({ projectId, branch }: Repo, from: string, to: string): Promise<CompareRow | null> {
    try {
      const reading = {
        query: { from, to, straight: true },
        throwTooLarge: true,
        translate: ifMissing(() => new CommitUnknown(from)),
      };
      return (await this.api.get(path`/projects/${projectId}/repository/compare`, compareRow, reading)).data;
    } catch (error) {
      if (isReadAnotherWay(error)) return null;
      // GitLab does not say which of the two is missing.
      if (error instanceof CommitUnknown) await this.branches.get(projectId, branch);
      throw error;
    }
  }

  private changes({ projectId }: Repo, compared: CompareRow, head: CommitRow): Changes {
    const rows = compared.diffs;
    // A comparison with commits but no differences is rare, and an answer that lost its list looks the same.
    const sure = !compared.compare_timeout && rows.length > 0 && rows.length < SURE_ROWS;
    return {
      head: this.history.remember(projectId, head),
      commits: compared.commits.map(toCommit),
      paths: sure ? changedPaths(rows) : null,
    };
  }
}

function isSame({ compare_same_ref: same, commits, diffs }: CompareRow): boolean {
  return same && !commits.length && !diffs.length;
}

/** A path that one row removes and another adds, as in a chain of renames, exists. */
function changedPaths(rows: readonly DiffRow[]): ChangedPath[] {
  const gone = rows.filter(({ renamed_file, deleted_file }) => renamed_file || deleted_file);
  const kinds = new Map<string, EntryKind | null>(gone.map(({ old_path }) => [old_path, null]));
  for (const row of rows) if (!row.deleted_file) kinds.set(row.new_path, kindOf(row.b_mode));
  return [...kinds].map(([path, kind]) => ({ path, kind }));
}

function kindOf(mode: string | null): EntryKind {
  if (mode === '120000') return 'symlink';
  return mode === '160000' ? 'submodule' : 'file';
}
