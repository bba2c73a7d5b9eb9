import { GitLabConnector } from '@app/gitlab';
import type { Access, CallOptions, GitLab } from '@app/gitlab';
import { BasePaths, isBasePath } from '@app/gitlab';
import { readInstanceUrl, type InstancePlace } from '@app/gitlab';
import type { FakeGitLabInstance } from '../instance/fake-gitlab-instance';
import { FakeGitLab } from './fake-gitlab';
import { InProcessCalls } from './in-process-calls';

/** Opens the instance that is known by the URL, its base path included; any other URL cannot be reached. */
export class FakeGitLabConnector extends GitLabConnector {
  private readonly instances: readonly FakeGitLabInstance[];

  constructor(...instances: readonly FakeGitLabInstance[]) {
    super();
    this.instances = instances;
  }

  placeOf(typed: string): InstancePlace {
    const urls = this.instances.map(({ url }) => url);
    return readInstanceUrl(typed, new BasePaths(urls.filter(isBasePath)));
  }

  open(access: Access, options: CallOptions = {}): GitLab {
    const instance = this.instances.find(({ url }) => url === access.instanceUrl);
    return new FakeGitLab(new InProcessCalls(instance, access, options));
  }
}
