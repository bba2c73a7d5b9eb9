import { GitLabConnector, type Access, type CallOptions, type CommitRequest, type GitLab } from '@app/gitlab';

/** Opens another connector's GitLab, and reports the requested commits. */
export class WatchedConnector extends GitLabConnector {
  constructor(
    private readonly connector: GitLabConnector,
    private readonly onCommit: (request: CommitRequest) => void,
    private readonly meddle: (gitlab: GitLab) => void,
  ) {
    super();
  }

  placeOf(typed: string) {
    return this.connector.placeOf(typed);
  }

  open(access: Access, options?: CallOptions): GitLab {
    const gitlab = this.connector.open(access, options);
    this.meddle(gitlab);
    const commit = gitlab.commit.bind(gitlab);
    gitlab.commit = (repo, request) => {
      this.onCommit(request);
      return commit(repo, request);
    };
    return gitlab;
  }
}
