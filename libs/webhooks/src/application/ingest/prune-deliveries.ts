import { Injectable } from '@nestjs/common';
import { Clock, type OrgId } from '@app/kernel';
import { Deliveries } from '../ports/deliveries.port';

/**
 * Period in which a delivery can be replayed: a signature may be five minutes old or ahead. Keys are kept that long.
 */
const REPLAYABLE_MS = 10 * 60_000;

/** Prunes the logs that grew. Runs apart from the deliveries, so that each of them costs one write. */
@Injectable()
export class PruneDeliveries {
  private grown = new Set<OrgId>();

  constructor(
    private readonly deliveries: Deliveries,
    private readonly clock: Clock,
  ) {}

  /** Marks the logs of these orgs for pruning. If a crash loses a mark, the next delivery sets it again. */
  note(orgs: readonly OrgId[]): void {
    for (const org of orgs) this.grown.add(org);
  }

  async execute(): Promise<void> {
    const orgs = [...this.grown];
    this.grown = new Set();
    if (orgs.length) await this.deliveries.prune(orgs, new Date(this.clock.now().getTime() - REPLAYABLE_MS));
  }
}
