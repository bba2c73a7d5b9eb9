import type { Database } from '@app/database';
import { daysBefore, Pruner, type Clock, type OrgId, type PruneStep } from '@app/kernel';

/** Deliveries per visit. */
const VISIT = 10_000;
/** Days for which a delivery that has ended is kept. */
const DAYS = 30;

export class NotificationsPruner extends Pruner {
  readonly name = 'notifications';

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {
    super();
  }

  async orgsAfter(org: OrgId | null, limit: number): Promise<OrgId[]> {
    const rows = await this.db.acrossOrgs.query<{ org: OrgId }[]>(
      `SELECT DISTINCT org FROM notice_deliveries WHERE org > $1 AND at < $2 ORDER BY org LIMIT $3`,
      [org ?? '', daysBefore(this.clock.now(), DAYS), limit],
    );
    return rows.map((row) => row.org);
  }

  async prune(org: OrgId): Promise<PruneStep> {
    const [, deleted] = await this.db.forOrg(org).query<[unknown[], number]>(
      `DELETE FROM notice_deliveries WHERE org = $1 AND (id, channel) IN (
         SELECT id, channel FROM notice_deliveries
          WHERE org = $1 AND at < $2 AND due_at IS NULL ORDER BY at LIMIT $3)`,
      [org, daysBefore(this.clock.now(), DAYS), VISIT],
    );
    return { pruned: deleted, next: deleted === VISIT ? '' : null };
  }
}
