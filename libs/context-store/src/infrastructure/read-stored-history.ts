import { MoreThan, Not, type EntityManager, type SelectQueryBuilder } from 'typeorm';
import { rowsWhere, type Database } from '@app/database';
import { pageOf, positionOf, type OrgId, type Page, type PageRequest } from '@app/kernel';
import type { Change, HistoryEntry } from '../domain/change';
import { toChange, toEntry } from './context-store.mapping';
import { ContextChangeRow, ContextVersionRow } from './context-store.rows';

/** Reads the changes and versions of an org. */
export class ReadStoredHistory {
  constructor(private readonly db: Database) {}

  async change(org: OrgId, id: string): Promise<Change> {
    const row = await this.db
      .forOrg(org)
      .orm((manager) => manager.findOneByOrFail(ContextChangeRow, { org, id }));
    return (await this.withVersions(org, [row]))[0];
  }

  async changesAfter(org: OrgId, revision: number, limit: number): Promise<Change[]> {
    const condition = 'org = $1 AND revision > $2 ORDER BY revision LIMIT $3';
    const rows = await rowsWhere(this.db.forOrg(org), ContextChangeRow, condition, [org, revision, limit]);
    return this.withVersions(org, rows);
  }

  countMadeInDotAfter(org: OrgId, revision: number): Promise<number> {
    return this.db
      .forOrg(org)
      .orm((manager) =>
        manager.countBy(ContextChangeRow, { org, revision: MoreThan(revision), origin: Not('gitlab') }),
      );
  }

  async history(
    org: OrgId,
    { path, limit = 50, cursor }: PageRequest & { readonly path?: string },
  ): Promise<Page<HistoryEntry>> {
    const [revision, position] = positionOf(cursor, [Number.MAX_SAFE_INTEGER, 0]);
    const before = 'org = $1 AND (revision, position) < ($2::bigint, $3::bigint)';
    const inOrder = 'ORDER BY revision DESC, position DESC LIMIT $4';
    // Two queries: without statistics PostgreSQL would join all versions of the org for one page.
    const rows = await rowsWhere(
      this.db.forOrg(org),
      ContextVersionRow,
      path === undefined ? `${before} ${inOrder}` : `${before} AND path = $5 ${inOrder}`,
      [org, revision, position, limit + 1, ...(path === undefined ? [] : [path])],
    );
    const page = pageOf(rows, limit, (row) => [row.revision, row.position]);
    return { ...page, items: await this.withChanges(org, page.items) };
  }

  async version(org: OrgId, id: string): Promise<HistoryEntry | null> {
    if (id.includes('\0')) return null; // PostgreSQL accepts no NUL
    const row = await this.db
      .forOrg(org)
      .orm((manager) => entriesOf(manager, org).andWhere('version.id = :id', { id }).getOne());
    return row && toEntry(row);
  }

  async versionBefore(org: OrgId, path: string, revision: number): Promise<HistoryEntry | null> {
    const row = await this.db
      .forOrg(org)
      .orm((manager) =>
        entriesOf(manager, org)
          .andWhere(`version.path = :path AND version.op <> 'keep'`, { path })
          .andWhere('version.revision < :revision', { revision })
          .orderBy('version.revision', 'DESC')
          .addOrderBy('version.position', 'DESC')
          .limit(1)
          .getOne(),
      );
    return row?.blob ? toEntry(row) : null;
  }

  async changesOfRun(org: OrgId, runId: string): Promise<Change[]> {
    const rows = await this.db
      .forOrg(org)
      .orm((manager) =>
        manager.find(ContextChangeRow, { where: { org, runId }, order: { revision: 'ASC' } }),
      );
    return this.withVersions(org, rows);
  }

  async editedInDotAfter(revisions: ReadonlyMap<OrgId, number>): Promise<ReadonlySet<OrgId>> {
    const rows = await this.db.acrossOrgs.query<{ org: OrgId }[]>(
      `SELECT asked.org FROM unnest($1::text[], $2::bigint[]) AS asked (org, revision),
              LATERAL (SELECT FROM context_changes change
                        WHERE change.org = asked.org AND change.revision > asked.revision AND change.origin <> 'gitlab' LIMIT 1) edit`,
      [[...revisions.keys()], [...revisions.values()]],
    );
    return new Set(rows.map(({ org }) => org));
  }

  /** Leaves out versions whose change was pruned since they were read. */
  private async withChanges(org: OrgId, rows: readonly ContextVersionRow[]): Promise<HistoryEntry[]> {
    if (!rows.length) return [];
    const revisions = [...new Set(rows.map(({ revision }) => revision))];
    const condition = 'org = $1 AND revision = ANY($2)';
    const changes = await rowsWhere(this.db.forOrg(org), ContextChangeRow, condition, [org, revisions]);
    const byRevision = new Map(changes.map((change) => [change.revision, change]));
    return rows.flatMap((row) => {
      const change = byRevision.get(row.revision);
      return change ? [toEntry({ ...row, change })] : [];
    });
  }

  private async withVersions(org: OrgId, rows: readonly ContextChangeRow[]): Promise<Change[]> {
    if (!rows.length) return [];
    const condition = 'org = $1 AND revision = ANY($2) ORDER BY revision, position';
    const revisions = rows.map(({ revision }) => revision);
    const versions = await rowsWhere(this.db.forOrg(org), ContextVersionRow, condition, [org, revisions]);
    return rows.map((row) =>
      toChange(
        row,
        versions.filter(({ changeId }) => changeId === row.id),
      ),
    );
  }
}

function entriesOf(manager: EntityManager, org: OrgId): SelectQueryBuilder<ContextVersionRow> {
  return manager
    .createQueryBuilder(ContextVersionRow, 'version')
    .innerJoinAndMapOne(
      'version.change',
      ContextChangeRow,
      'change',
      'change.org = version.org AND change.revision = version.revision',
    )
    .where('version.org = :org', { org });
}
