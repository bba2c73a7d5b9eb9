import { GitLabConnector } from '../../gitlab.port';
import type { Access, CallOptions, GitLab } from '../../gitlab.port';
import type { FakeGitLabInstance } from '../instance/fake-gitlab-instance';
import { FakeGitLab } from './fake-gitlab';
import { InProcessCalls } from './in-process-calls';

/** Opens the instance that is known by the URL; any other URL cannot be reached. */
export class FakeGitLabConnector extends GitLabConnector {
  private readonly instances: readonly FakeGitLabInstance[];

  constructor(...instances: readonly FakeGitLabInstance[]) {
    super();
    this.instances = instances;
  }

  open(access: Access, options: CallOptions = {}): GitLab {
    const instance = this.instances.find(({ url }) => url === access.instanceUrl);
    return new FakeGitLab(new InProcessCalls(instance, access, options));
  }
}
