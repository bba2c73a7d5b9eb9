import type { Database } from '@app/database';
import { daysBefore, Pruner, type Clock, type OrgId, type PruneStep } from '@app/kernel';

/** Entries per visit. */
const VISIT = 10_000;

/** Reads one index entry per org, however long the org's log is. */
const ORGS = `
  WITH RECURSIVE known AS (
    (SELECT org FROM audit_entries WHERE org > $1 ORDER BY org LIMIT 1)
    UNION ALL
    SELECT (SELECT e.org FROM audit_entries e WHERE e.org > known.org ORDER BY e.org LIMIT 1)
      FROM known WHERE known.org IS NOT NULL
  )
  SELECT org FROM known WHERE org IS NOT NULL LIMIT $2`;

export class AuditPruner extends Pruner {
  readonly name = 'audit';

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly auditDays: number,
  ) {
    super();
  }

  async orgsAfter(org: OrgId | null, limit: number): Promise<OrgId[]> {
    const rows = await this.db.retention.query<{ org: OrgId }[]>(ORGS, [org ?? '', limit]);
    return rows.map((row) => row.org);
  }

  async prune(org: OrgId): Promise<PruneStep> {
    const [, deleted] = await this.db.retention.query<[unknown[], number]>(
      `DELETE FROM audit_entries WHERE org = $1 AND position IN (
         SELECT position FROM audit_entries WHERE org = $1 AND at < $2 ORDER BY position LIMIT $3)`,
      [org, daysBefore(this.clock.now(), this.auditDays), VISIT],
    );
    return { pruned: deleted, next: null };
  }
}
