import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { ContextStore } from '@app/context-store';
import type { OrgId } from '@app/kernel';

/** Most orgs to remember; most have no such paths. */
const MOST_ORGS = 1_000;

interface Known {
  readonly revision: number;
  readonly paths: readonly string[];
}

/** Remembers the paths of each org that file systems may take for one another, for as long as nothing changes. */
@Injectable()
export class LookAlikes {
  private readonly known = new LRUCache<OrgId, Known>({ max: MOST_ORGS });

  constructor(private readonly store: ContextStore) {}

  /** Returns the paths at this revision, or at a later one. */
  async at(org: OrgId, revision: number): Promise<readonly string[]> {
    const known = this.known.get(org);
    if (known?.revision === revision) return known.paths;
    const paths = await this.store.lookAlikes(org);
    this.known.set(org, { revision, paths });
    return paths;
  }
}
