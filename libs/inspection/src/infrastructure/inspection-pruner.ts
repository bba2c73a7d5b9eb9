import type { Database } from '@app/database';
import { daysBefore, Pruner, type Clock, type OrgId, type PruneStep } from '@app/kernel';
import { MOST_ATTEMPTS } from '../domain/interrupted';
import { RULES_VERSION } from '../rules/rules-version';

/** A text may come back; GitLab's texts that were kept out are compared again now and then. */
const KEPT_DAYS = 30;
/** Rows per visit. */
const VISIT = 10_000;

const OF_OTHER_RULES = `
  DELETE FROM inspections WHERE org = $1 AND blob IN (
    SELECT blob FROM inspections WHERE org = $1 AND rules < $2 LIMIT ${VISIT}) AND rules < $2`;

/** `$4`: whether the texts of Dot's files are in this database; those of a host's store cannot be looked up here. */
const OF_GONE_TEXTS = `
  DELETE FROM inspections i WHERE org = $1 AND (blob, kind) IN (
    SELECT blob, kind FROM inspections old
     WHERE org = $1 AND at < $2 AND (result IS NOT NULL OR attempts < $3)
       AND NOT ($4 AND EXISTS (SELECT FROM context_blobs WHERE org = $1 AND blob = old.blob))
     LIMIT ${VISIT})`;

/** Prunes results of earlier rules and of texts that are gone. What ended the process stays known. */
export class InspectionPruner extends Pruner {
  readonly name = 'inspections';

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly ownStore: boolean,
  ) {
    super();
  }

  async orgsAfter(org: OrgId | null, limit: number): Promise<OrgId[]> {
    const rows = await this.db.acrossOrgs.query<{ org: OrgId }[]>(
      `SELECT DISTINCT org FROM inspections WHERE org > $1 ORDER BY org LIMIT $2`,
      [org ?? '', limit],
    );
    return rows.map((row) => row.org);
  }

  async prune(org: OrgId): Promise<PruneStep> {
    const before = daysBefore(this.clock.now(), KEPT_DAYS);
    const old = await this.delete(org, OF_OTHER_RULES, [RULES_VERSION]);
    const gone = await this.delete(org, OF_GONE_TEXTS, [before, MOST_ATTEMPTS, this.ownStore]);
    return { pruned: old + gone, next: null };
  }

  private async delete(org: OrgId, statement: string, parameters: readonly unknown[]): Promise<number> {
    const [, deleted] = await this.db.forOrg(org).query<[unknown[], number]>(statement, [org, ...parameters]);
    return deleted;
  }
}
