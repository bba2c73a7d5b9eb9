import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ContextStoreService, PendingHistory, type Change } from '@app/context-store';
import type { OrgId } from '@app/kernel';
import { ProjectConfigService } from '@app/project-config';
import { SyncStates } from '../application/ports/sync-states.port';
import { PendingChanges } from '../application/queries/pending-changes';

/** Gives the history the changes that a push would still send. */
@Injectable()
export class PendingInSync extends PendingHistory implements OnModuleInit {
  constructor(
    private readonly projects: ProjectConfigService,
    private readonly states: SyncStates,
    private readonly changes: PendingChanges,
    private readonly files: ContextStoreService,
  ) {
    super();
  }

  onModuleInit(): void {
    this.files.usePending(this);
  }

  async pending(org: OrgId): Promise<readonly Change[]> {
    const state = await this.states.load(org);
    return (await this.changes.execute(state, await this.projects.target(org))).changes;
  }
}
