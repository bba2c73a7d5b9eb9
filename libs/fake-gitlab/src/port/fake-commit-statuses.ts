import { CommitUnknown, GitLabUnavailable, type CommitStatus, type Repo } from '@app/gitlab';
import { Refused } from '../instance/refusal';
import type { InProcessCalls } from './in-process-calls';
import { writes } from './needs';

/** Posts statuses of commits. */
export class FakeCommitStatuses {
  constructor(private readonly calls: InProcessCalls) {}

  set(repo: Repo, commit: string, status: CommitStatus): Promise<void> {
    const operation = {
      name: 'setCommitStatus',
      ...repo,
      needs: writes('create_commit_status'),
      write: true,
    };
    return this.calls.run(operation, (instance, caller) => {
      const project = instance.access.project(caller, repo.projectId, 'write');
      const { state, name, description, targetUrl } = status;
      const body = { state, ref: repo.branch, name, description, target_url: targetUrl };
      try {
        instance.commitStatuses.post(caller, project, commit, body);
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        const { refusal } = error;
        if (refusal.is === 'not-found') throw new CommitUnknown(commit);
        if (refusal.is === 'message' && refusal.status === 409)
          throw new GitLabUnavailable(String(refusal.message));
        throw error;
      }
    });
  }
}
