import { Injectable } from '@nestjs/common';
import type { OrgId } from '@app/kernel';
import { SyncEngineService } from '@app/sync-engine';
import { SyncSignal } from '../application/sync-signal.port';

@Injectable()
export class SyncEngineSignal extends SyncSignal {
  constructor(private readonly sync: SyncEngineService) {
    super();
  }

  lookNow(org: OrgId): Promise<string | null> {
    return this.sync.lookNow(org);
  }

  heard(org: OrgId): Promise<void> {
    return this.sync.webhookHeard(org);
  }

  baseCommit(org: OrgId): Promise<string | null> {
    return this.sync.baseCommit(org);
  }
}
