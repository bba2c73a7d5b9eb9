import { Injectable } from '@nestjs/common';
import { GitLabSync, OnGitLabSync, type SyncFailed } from '@dot/gitlab-sync';

@Injectable()
export class Alarms {
  @OnGitLabSync('sync.failed.v1')
  onFailure({ org, code, retrying }: SyncFailed): void {
    if (!retrying) console.log(`${org} needs a person: ${code}`);
  }
}

/** Subscribes by hand. @returns a function that ends the subscription */
export function countConflicts(sync: GitLabSync, count: (path: string) => void): () => void {
  return sync.bus.on('conflict.found.v1', ({ path }) => count(path));
}
