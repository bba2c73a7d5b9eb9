import { Injectable } from '@nestjs/common';
import type { OrgId } from '@app/kernel';
import { SyncEngineService } from '@app/sync-engine';
import { SyncSignal, type Hearing } from '../application/ports/sync-signal.port';

@Injectable()
export class SyncEngineSignal extends SyncSignal {
  constructor(private readonly sync: SyncEngineService) {
    super();
  }

  of(orgs: readonly OrgId[]): Promise<Hearing> {
    return this.sync.webhooksOf(orgs);
  }
}
