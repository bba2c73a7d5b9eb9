import { Injectable } from '@nestjs/common';
import { Clock, type OrgId } from '@app/kernel';
import { Deliveries } from '../ports/deliveries.port';

/** A signed delivery may be up to five minutes old or ahead; as long as it could be sent again, it is known by its key. */
const REPLAYABLE_MS = 10 * 60_000;

/** Shortens the logs that grew. Apart from the deliveries themselves, which are to cost one write. */
@Injectable()
export class PruneDeliveries {
  private grown = new Set<OrgId>();

  constructor(
    private readonly deliveries: Deliveries,
    private readonly clock: Clock,
  ) {}

  /** The logs of these orgs grew. What a crash forgets is noted again by their next deliveries. */
  note(orgs: readonly OrgId[]): void {
    for (const org of orgs) this.grown.add(org);
  }

  async execute(): Promise<void> {
    const orgs = [...this.grown];
    this.grown = new Set();
    if (orgs.length) await this.deliveries.prune(orgs, new Date(this.clock.now().getTime() - REPLAYABLE_MS));
  }
}
