import type { Database } from '@app/database';
import { daysBefore, Pruner, type Clock, type OrgId, type PruneStep } from '@app/kernel';

/** Events per visit. */
const VISIT = 10_000;
/** Days for which the feed keeps an event. */
const DAYS = 30;

export class EventPruner extends Pruner {
  readonly name = 'events';

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {
    super();
  }

  async orgsAfter(org: OrgId | null, limit: number): Promise<OrgId[]> {
    const rows = await this.db.acrossOrgs.query<{ org: OrgId }[]>(
      `SELECT DISTINCT org FROM sync_events WHERE org > $1 AND at < $2 ORDER BY org LIMIT $3`,
      [org ?? '', daysBefore(this.clock.now(), DAYS), limit],
    );
    return rows.map((row) => row.org);
  }

  async prune(org: OrgId): Promise<PruneStep> {
    const [, deleted] = await this.db.forOrg(org).query<[unknown[], number]>(
      `DELETE FROM sync_events WHERE org = $1 AND position IN (
         SELECT position FROM sync_events WHERE org = $1 AND at < $2 ORDER BY position LIMIT $3)`,
      [org, daysBefore(this.clock.now(), DAYS), VISIT],
    );
    return { pruned: deleted, next: deleted === VISIT ? '' : null };
  }
}
