import { Injectable } from '@nestjs/common';
import type { Act } from '@app/audit';
import { EventBus, Transactions, type OrgId } from '@app/kernel';
import type { TargetChanged } from '../domain/project-config.events';
import { changeBetween, type SyncTarget } from '../domain/sync-target';
import { SyncTargets } from './sync-targets.port';

/** Computes an org's next target under a lock, stores it, and publishes its effect on the sync. */
@Injectable()
export class TargetChanges {
  constructor(
    private readonly targets: SyncTargets,
    private readonly transactions: Transactions,
    private readonly events: EventBus,
  ) {}

  apply(org: OrgId, next: (present: SyncTarget | null) => SyncTarget, act: Act): Promise<SyncTarget> {
    return this.transactions.run(async () => {
      const present = await this.targets.hold(org);
      const target = next(present);
      await this.targets.save(target);
      await act.record(`${target.pathWithNamespace}, branch ${target.branch}`);
      const what = changeBetween(present, target);
      const event: TargetChanged = { name: 'target.changed.v1', org, targetId: target.id, what };
      await this.events.publishAfter(this.transactions, event);
      return target;
    });
  }
}
