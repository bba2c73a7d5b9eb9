import { Injectable } from '@nestjs/common';
import type { OrgId } from '@app/kernel';
import { SyncEngineService } from '@app/sync-engine';
import { SyncSignal } from '../application/sync-signal.port';

@Injectable()
export class SyncEngineSignal extends SyncSignal {
  constructor(private readonly sync: SyncEngineService) {
    super();
  }

  lookNow(orgs: readonly OrgId[]): Promise<ReadonlyMap<OrgId, string>> {
    return this.sync.lookNow(orgs);
  }

  heard(orgs: readonly OrgId[]): Promise<void> {
    return this.sync.webhooksHeard(orgs);
  }

  baseCommits(orgs: readonly OrgId[]): Promise<ReadonlyMap<OrgId, string>> {
    return this.sync.baseCommits(orgs);
  }
}
