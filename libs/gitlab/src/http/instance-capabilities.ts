import { LRUCache } from 'lru-cache';
import type { Commit } from '../gitlab.types';

/** Optional features of an instance. They are found by trying, because the version does not show them (docs/gitlab-api.md#version). */
export interface Capabilities {
  treeInOnePiece: boolean;
  base64Blobs: boolean;
}

const FORGET_AFTER_MS = 60 * 60_000;

/**
 * Remembers facts about instances for all their orgs. Bounded, and forgotten after an hour, because instances are
 * upgraded.
 */
export class InstanceCapabilities {
  private readonly capabilities = new LRUCache<string, Capabilities>({ max: 1_000, ttl: FORGET_AFTER_MS });
  private readonly paths = new LRUCache<string, string>({ max: 5_000, ttl: FORGET_AFTER_MS });
  private readonly commits = new LRUCache<string, Commit>({ max: 5_000 });

  capabilitiesOf(instanceUrl: string): Capabilities {
    const known = this.capabilities.get(instanceUrl);
    if (known) return known;
    const hopeful: Capabilities = { treeInOnePiece: true, base64Blobs: true };
    this.capabilities.set(instanceUrl, hopeful);
    return hopeful;
  }

  /** Returns the path that the project with this page had when it was looked up. */
  pathShownAs(page: string): string | undefined {
    return this.paths.get(page);
  }

  keepPath(page: string, pathWithNamespace: string): void {
    this.paths.set(page, pathWithNamespace);
  }

  /** Remembers a commit without expiry: a commit never changes. */
  keep(instanceUrl: string, projectId: number, commit: Commit): Commit {
    this.commits.set(keyOf(instanceUrl, projectId, commit.id), commit);
    return commit;
  }

  commit(instanceUrl: string, projectId: number, id: string): Commit | undefined {
    return this.commits.get(keyOf(instanceUrl, projectId, id));
  }
}

function keyOf(instanceUrl: string, projectId: number, id: string): string {
  return `${instanceUrl} ${projectId} ${id}`;
}
