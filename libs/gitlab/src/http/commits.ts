import { isUtf8 } from 'node:buffer';
import { BranchProtected, PushRefused } from '../errors/commit.errors';
import { GitLabRefused } from '../errors/answer.errors';
import { ProjectArchived } from '../errors/project.errors';
import type { CommitAction, CommitMade, CommitRequest, Repo } from '../gitlab.types';
import type { Api } from './api';
import { path } from './api-path';
import { commitError } from './errors/commit-errors';
import type { InstanceCapabilities } from './instance-capabilities';
import type { Projects } from './projects';
import { commitRow, toCommit, type CommitRow } from './rows';

/** Creates commits, each with one POST that is sent once. */
export class Commits {
  constructor(
    private readonly api: Api,
    private readonly projects: Projects,
    private readonly memory: InstanceCapabilities,
  ) {}

  async create(repo: Repo, request: CommitRequest): Promise<CommitMade> {
    const row = await this.post(repo, request).catch(async (error) => {
      if (error instanceof BranchProtected) await this.refuseClosedProject(repo.projectId);
      if (error instanceof GitLabRefused && error.status === 413) throw new PushRefused(error.said);
      throw error;
    });
    const made = this.memory.keep(this.api.instanceUrl, repo.projectId, toCommit(row));
    return { id: made.id, parents: made.parents, committedAt: made.committedAt };
  }

  private post(repo: Repo, request: CommitRequest): Promise<CommitRow> {
    const { start } = request;
    // GitLab compares histories of branches only, and a commit to start from cannot change.
    const base = start && 'commit' in start ? null : request.base;
    const body = {
      branch: repo.branch,
      start_branch: start && 'branch' in start ? start.branch : undefined,
      start_sha: start && 'commit' in start ? start.commit : undefined,
      commit_message: request.message,
      author_name: request.author?.name,
      author_email: request.author?.email,
      stats: false,
      actions: request.actions.map((action) => toRow(action, base)),
    };
    const to = path`/projects/${repo.projectId}/repository/commits`;
    return this.api.write('POST', to, commitRow, body, (said) => commitError(said, repo, request));
  }

  /** Distinguishes closed projects from protected branches: GitLab refuses both with the same text. */
  private async refuseClosedProject(projectId: number): Promise<void> {
    const row = await this.projects.row(projectId);
    if (row.archived) throw new ProjectArchived();
    if (row.marked_for_deletion_on ?? row.marked_for_deletion_at)
      throw new GitLabRefused(403, 'the project is marked for deletion and accepts no commits');
  }
}

/**
 * `last_commit_id` may be any commit: GitLab refuses the action if the path was touched since
 * (docs/gitlab-api.md#last_commit_id).
 */
function toRow(action: CommitAction, base: string | null): object {
  const guard = action.op === 'create' || !base ? {} : { last_commit_id: action.seenAt ?? base };
  const moved = action.op === 'move' ? { previous_path: action.from } : {};
  const content = 'content' in action && action.content ? encoded(action.content) : {};
  return { action: action.op, file_path: action.path, ...moved, ...content, ...guard };
}

/** Encodes the content: JSON carries only UTF-8, and GitLab's text may not contain NUL. */
function encoded(content: Buffer): { readonly content: string; readonly encoding: 'text' | 'base64' } {
  if (isUtf8(content) && !content.includes(0)) return { content: content.toString('utf8'), encoding: 'text' };
  return { content: content.toString('base64'), encoding: 'base64' };
}
