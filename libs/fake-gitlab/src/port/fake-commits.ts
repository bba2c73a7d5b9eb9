import type { DomainError } from '@app/kernel';
import { BranchProtected, GitLabRefused, ProjectArchived } from '@app/gitlab';
import type { CommitMade, CommitRequest, Repo } from '@app/gitlab';
import type { Project } from '../instance/model';
import { commitBody } from './commit-body';
import type { InProcessCalls } from './in-process-calls';
import { writes } from './needs';

/** Makes commits. */
export class FakeCommits {
  constructor(private readonly calls: InProcessCalls) {}

  create(repo: Repo, request: CommitRequest): Promise<CommitMade> {
    const operation = { name: 'commit', ...repo, needs: writes('create_commit'), write: true };
    return this.calls.run(operation, async (instance, caller) => {
      const project = instance.access.code(caller, repo.projectId, 'write');
      if (!instance.access.mayPush(project, caller, repo.branch)) throw pushRefused(project, repo.branch);
      const checked = instance.commits.check(caller, project, commitBody(repo, request));
      await instance.calls.between({
        operation: 'commit',
        route: 'commit',
        method: 'POST',
        projectId: project.id,
      });
      const { id, parents, committer } = checked.write();
      return { id, parents, committedAt: committer.at };
    });
  }
}

function pushRefused(project: Project, branch: string): DomainError {
  if (project.archived) return new ProjectArchived();
  if (project.markedForDeletionOn) return new GitLabRefused(403, 'the project is marked for deletion');
  return new BranchProtected(branch);
}
