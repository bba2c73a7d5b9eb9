import { Injectable } from '@nestjs/common';
import type { HookRequest } from '@app/gitlab';
import type { SyncTarget } from '@app/project-config';
import { branchPatterns, watchedBy } from '../../domain/watched-branches';
import type { WebhookEndpoint } from '../../domain/webhook-endpoint';
import { WebhookSecrets } from '../secrets/webhook-secrets';
import { WebhookUrls } from './webhook-urls';

/** Builds the desired state of the hook on GitLab. */
@Injectable()
export class DesiredHook {
  constructor(
    private readonly secrets: WebhookSecrets,
    private readonly urls: WebhookUrls,
  ) {}

  build(endpoint: WebhookEndpoint, target: SyncTarget): HookRequest {
    const { secret: token, signingToken } = this.secrets.open(endpoint.org, endpoint.keys);
    const watched = watchedBy(target);
    const [branches, mergeRequestEvents] = [branchPatterns(watched), watched.workBranch !== null];
    const url = this.urls.urlOf(endpoint);
    return { url, token, signingToken, branches, mergeRequestEvents, verifyTls: true };
  }
}
