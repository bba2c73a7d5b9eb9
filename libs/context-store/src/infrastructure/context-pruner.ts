import type { Database } from '@app/database';
import {
  daysBefore,
  encodeCursor,
  positionOf,
  Pruner,
  type Blob,
  type Clock,
  type OrgId,
  type PruneStep,
} from '@app/kernel';
import type { SettledHistory } from '../application/settled-history.port';
import { OLD_VERSIONS, TEXTS_IN_USE, type OldVersion } from './prunable-versions.sql';

/** Most versions read per visit. */
const STEP = 1_000;
/** Most versions removed per transaction; meanwhile the org's commits wait. */
const BATCH = 500;

/**
 * Prunes the history of the store in PostgreSQL: old, settled versions that Git also has and nothing refers to.
 * Removes their changes and texts with them. Keeps texts that lost a conflict. Prunes nothing while Dot has the only
 * copy.
 */
export class ContextPruner extends Pruner {
  readonly name = 'context-history';

  constructor(
    private readonly db: Database,
    private readonly settled: SettledHistory,
    private readonly clock: Clock,
    private readonly versionDays: number,
    private readonly step = STEP,
  ) {
    super();
  }

  async orgsAfter(org: OrgId | null, limit: number): Promise<OrgId[]> {
    const rows = await this.db.acrossOrgs.query<{ org: OrgId }[]>(
      `SELECT org FROM context_heads WHERE org > $1 ORDER BY org LIMIT $2`,
      [org ?? '', limit],
    );
    return rows.map((row) => row.org);
  }

  async prune(org: OrgId, from: string | null): Promise<PruneStep> {
    if (from === null) await this.recount(org);
    const supersededUpTo = await this.settled.supersededUpTo(org);
    if (supersededUpTo === null) return { pruned: 0, next: null };
    const before = daysBefore(this.clock.now(), this.versionDays);
    const page = await this.db
      .forOrg(org)
      .query<OldVersion[]>(OLD_VERSIONS, [
        org,
        ...positionOf(from, ['', 0, 0]),
        this.step,
        before,
        supersededUpTo,
      ]);
    const old = page.filter(({ goes }) => goes);
    const inUse = await this.settled.inUse(
      org,
      old.map(({ id }) => id),
    );
    const unused = old.filter(({ id }) => !inUse.has(id));
    let pruned = 0;
    for (let start = 0; start < unused.length; start += BATCH)
      pruned += await this.remove(org, unused.slice(start, start + BATCH));
    const last = page.find((version) => version.last);
    return { pruned, next: last ? encodeCursor([last.path, Number(last.revision), last.position]) : null };
  }

  /**
   * Counts the space of the org's files again: processes of a release without quotas change files without counting.
   */
  private async recount(org: OrgId): Promise<void> {
    await this.db.transaction(async () => {
      const manager = this.db.forOrg(org);
      await manager.query(`SELECT FROM context_heads WHERE org = $1 FOR UPDATE`, [org]);
      await manager.query(
        `UPDATE context_heads head SET bytes = counted.bytes, files = counted.files
           FROM (SELECT coalesce(sum(size), 0) AS bytes, count(*) AS files FROM context_files WHERE org = $1) counted
          WHERE head.org = $1 AND (head.bytes, head.files) IS DISTINCT FROM (counted.bytes, counted.files::int)`,
        [org],
      );
    });
  }

  /**
   * Runs under the lock that commits take: a commit of the same text is either visible here or stores it again. Never
   * removes a version that is the current state of a file, whatever its rank.
   */
  private async remove(org: OrgId, versions: readonly OldVersion[]): Promise<number> {
    const runs = await this.runsLosing(org, versions);
    const ids = versions.map(({ id }) => id);
    return this.db.transaction(async () => {
      const manager = this.db.forOrg(org);
      await manager.query(`SELECT FROM context_heads WHERE org = $1 FOR UPDATE`, [org]);
      const [removed] = await manager.query<[{ revision: string; blob: Blob | null }[], number]>(
        `DELETE FROM context_versions v WHERE org = $1 AND id = ANY($2) AND id IS DISTINCT FROM (
           SELECT version FROM context_files f WHERE f.org = $1 AND f.path = v.path) RETURNING revision, blob`,
        [org, ids],
      );
      await manager.query(
        `UPDATE context_changes SET abridged = true WHERE org = $1 AND NOT abridged AND run_id = ANY($2)`,
        [org, runs],
      );
      await manager.query(
        `DELETE FROM context_changes c WHERE c.org = $1 AND c.revision = ANY($2::bigint[]) AND (
           SELECT 1 FROM context_versions v WHERE v.org = $1 AND v.revision = c.revision LIMIT 1) IS NULL`,
        [org, removed.map(({ revision }) => revision)],
      );
      await this.removeTexts(
        org,
        removed.flatMap(({ blob }) => blob ?? []),
      );
      return removed.length;
    });
  }

  private async removeTexts(org: OrgId, blobs: readonly Blob[]): Promise<void> {
    const rows = await this.db.acrossOrgs.query<{ blob: Blob }[]>(TEXTS_IN_USE, [org, blobs]);
    const inUse = new Set(rows.map(({ blob }) => blob));
    await this.db
      .forOrg(org)
      .query(`DELETE FROM context_blobs WHERE org = $1 AND blob = ANY($2)`, [
        org,
        blobs.filter((blob) => !inUse.has(blob)),
      ]);
  }

  /** Returns the runs that can no longer be undone: they made one of the versions, or replaced it. */
  private async runsLosing(org: OrgId, versions: readonly OldVersion[]): Promise<string[]> {
    const revisions = versions.flatMap(({ revision, successor }) => [revision, successor]);
    const rows = await this.db
      .forOrg(org)
      .query<{ run: string | null }[]>(
        `SELECT DISTINCT run_id AS run FROM context_changes WHERE org = $1 AND revision = ANY($2::bigint[])`,
        [org, revisions],
      );
    return rows.flatMap(({ run }) => run ?? []);
  }
}
