import type { Database } from '@app/database';
import { Pruner, type Blob, type OrgId, type PruneStep } from '@app/kernel';
import { TEXTS_IN_USE } from './prunable-versions.sql';

/** Leaves a pull this time to commit the texts it stored ahead. Later it stores its texts again. */
const BEFORE = `now() - interval '1 day'`;
/** Texts per visit; meanwhile the org's commits wait. */
const VISIT = 1_000;

/** Prunes texts that were stored ahead of a change that never came. */
export class StagedTextPruner extends Pruner {
  readonly name = 'staged-texts';

  constructor(
    private readonly db: Database,
    private readonly visit = VISIT,
  ) {
    super();
  }

  async orgsAfter(org: OrgId | null, limit: number): Promise<OrgId[]> {
    const rows = await this.db.acrossOrgs.query<{ org: OrgId }[]>(
      `SELECT org FROM context_heads WHERE org > $1 AND staged_at < ${BEFORE} ORDER BY org LIMIT $2`,
      [org ?? '', limit],
    );
    return rows.map((row) => row.org);
  }

  async prune(org: OrgId, from: string | null): Promise<PruneStep> {
    const db = this.db.forOrg(org);
    const page = await db.query<{ blob: Blob }[]>(
      `SELECT blob FROM context_blobs WHERE org = $1 AND blob > $2 ORDER BY blob LIMIT $3`,
      [org, from ?? '', this.visit],
    );
    const pruned = await this.removeUnused(
      org,
      page.map(({ blob }) => blob),
    );
    if (page.length === this.visit) return { pruned, next: page[page.length - 1].blob };
    // Texts that were stored ahead meanwhile have a later time.
    await db.query(`UPDATE context_heads SET staged_at = NULL WHERE org = $1 AND staged_at < ${BEFORE}`, [
      org,
    ]);
    return { pruned, next: null };
  }

  /** Runs under the lock that commits take: a commit either has made use of a text, or stores it again. */
  private removeUnused(org: OrgId, blobs: readonly Blob[]): Promise<number> {
    return this.db.transaction(async () => {
      const db = this.db.forOrg(org);
      await db.query(`SELECT FROM context_heads WHERE org = $1 FOR UPDATE`, [org]);
      const rows = await this.db.acrossOrgs.query<{ blob: Blob }[]>(TEXTS_IN_USE, [org, blobs]);
      const inUse = new Set(rows.map(({ blob }) => blob));
      const unused = blobs.filter((blob) => !inUse.has(blob));
      await db.query(`DELETE FROM context_blobs WHERE org = $1 AND blob = ANY($2)`, [org, unused]);
      return unused.length;
    });
  }
}
