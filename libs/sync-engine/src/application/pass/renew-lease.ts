import { Injectable } from '@nestjs/common';
import { Clock, Transactions } from '@app/kernel';
import { LeaseLost } from '../../domain/sync.errors';
import { SyncStates, type Lease } from '../ports/sync-states.port';
import { SyncEngineSettings } from '../sync-engine.settings';

/** Renews a lease until the pass is over. */
@Injectable()
export class RenewLease {
  constructor(
    private readonly states: SyncStates,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly settings: SyncEngineSettings,
  ) {}

  /** Returns once `cut` is aborted; aborts it itself if the lease is lost. */
  async execute(lease: Lease, cut: AbortController): Promise<void> {
    const { leaseMs } = this.settings;
    for (;;) {
      await this.clock.sleep(leaseMs / 3, cut.signal);
      if (cut.signal.aborted) return;
      try {
        await this.transactions.run(() => this.states.hold(lease, leaseMs));
      } catch (error) {
        if (error instanceof LeaseLost) return cut.abort(error);
      }
    }
  }
}
