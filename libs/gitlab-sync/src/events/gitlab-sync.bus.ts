import { Injectable } from '@nestjs/common';
import { EventBus } from '@app/kernel';
import type { GitLabSyncEventName, GitLabSyncEvents } from './gitlab-sync.events';

/**
 * Publishes committed changes to the host, in the process that made them. An event may be lost with its process: use
 * the feed if none may be missed.
 */
@Injectable()
export class GitLabSyncBus {
  /** @internal */
  constructor(private readonly events: EventBus) {}

  /** Calls `handler` for each event. A handler that fails is logged. @returns a function that ends the subscription */
  on<K extends GitLabSyncEventName>(
    name: K,
    handler: (event: GitLabSyncEvents[K]) => void | Promise<void>,
  ): () => void {
    return this.events.on<GitLabSyncEvents[K]>(name, handler);
  }
}
