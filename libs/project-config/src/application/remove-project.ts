import { Injectable } from '@nestjs/common';
import type { Act } from '@app/audit';
import { EventBus, Transactions, type OrgId } from '@app/kernel';
import type { TargetRemoved } from '../domain/project-config.events';
import { CurrentTarget } from './current-target';
import { SyncTargets } from './sync-targets.port';

/** Ends the sync with the project. Keeps the connection and everything on GitLab. */
@Injectable()
export class RemoveProject {
  constructor(
    private readonly current: CurrentTarget,
    private readonly targets: SyncTargets,
    private readonly transactions: Transactions,
    private readonly events: EventBus,
  ) {}

  /** @throws NotConnected, NotConfigured */
  async execute(org: OrgId, act: Act): Promise<void> {
    const { id: targetId } = await this.current.require(org);
    const event: TargetRemoved = { name: 'target.removed.v1', org, targetId };
    await this.transactions.run(async () => {
      await this.targets.remove(org, targetId);
      await act.record();
      await this.events.publishAfter(this.transactions, event);
    });
  }
}
