import type { Database } from '@app/database';
import { daysBefore, Pruner, type Clock, type OrgId, type PruneStep } from '@app/kernel';

/** Number of newest runs to keep per org, however old. */
export const RUNS_KEPT = 100;
/** Rows of one kind per visit. */
const VISIT = 10_000;

const OLD_RUNS = `
  DELETE FROM sync_runs WHERE org = $1 AND id IN (
    SELECT id FROM sync_runs
     WHERE org = $1 AND finished_at < $2
       AND seq <= (SELECT seq FROM sync_runs WHERE org = $1 ORDER BY seq DESC OFFSET ${RUNS_KEPT} LIMIT 1)
     ORDER BY seq LIMIT $3 FOR UPDATE SKIP LOCKED)`;

const OLD_CONFLICTS = `
  DELETE FROM sync_conflicts WHERE org = $1 AND id IN (
    SELECT id FROM sync_conflicts WHERE org = $1 AND closed AND at < $2 LIMIT $3 FOR UPDATE SKIP LOCKED)`;

/** Paths that neither side has any more count as never seen; until no pending change is about them, they keep it from being sent. */
const TOMBSTONES = `
  DELETE FROM sync_agreed WHERE org = $1 AND path IN (
    SELECT path FROM sync_agreed
     WHERE org = $1 AND gitlab_blob IS NULL AND dot_blob IS NULL
       AND settled_to <= (SELECT pushed_revision FROM sync_states WHERE org = $1)
     LIMIT $2 FOR UPDATE SKIP LOCKED)`;

const CHANGES_OF_PRUNED_RUNS = `
  DELETE FROM sync_run_changes WHERE org = $1 AND run_id IN (
    SELECT DISTINCT run_id FROM sync_run_changes change
     WHERE org = $1 AND NOT EXISTS (SELECT FROM sync_runs WHERE org = $1 AND id = change.run_id))`;

/**
 * Prunes finished runs, conflicts settled long ago, and records of deleted paths. Skips rows that a pass has locked,
 * so that neither waits for the other.
 */
export class SyncPruner extends Pruner {
  readonly name = 'sync-history';

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly runDays: number,
  ) {
    super();
  }

  async orgsAfter(org: OrgId | null, limit: number): Promise<OrgId[]> {
    const rows = await this.db.acrossOrgs.query<{ org: OrgId }[]>(
      `SELECT org FROM sync_states WHERE org > $1 ORDER BY org LIMIT $2`,
      [org ?? '', limit],
    );
    return rows.map((row) => row.org);
  }

  async prune(org: OrgId): Promise<PruneStep> {
    const before = daysBefore(this.clock.now(), this.runDays);
    const runs = await this.delete(org, OLD_RUNS, [before, VISIT]);
    const changes = await this.delete(org, CHANGES_OF_PRUNED_RUNS, []);
    const conflicts = await this.delete(org, OLD_CONFLICTS, [before, VISIT]);
    const tombstones = await this.delete(org, TOMBSTONES, [VISIT]);
    return { pruned: runs + changes + conflicts + tombstones, next: null };
  }

  private async delete(org: OrgId, statement: string, parameters: readonly unknown[]): Promise<number> {
    const [, deleted] = await this.db.forOrg(org).query<[unknown[], number]>(statement, [org, ...parameters]);
    return deleted;
  }
}
