import { Injectable } from '@nestjs/common';
import { Database, lockOrg } from '@app/database';
import type { OrgId } from '@app/kernel';
import { Notices, type Stop } from '../application/ports/notices.port';
import type { WaitingNotice } from '../domain/compose';
import type { Notice } from '../domain/notice';

@Injectable()
export class PostgresNotices extends Notices {
  constructor(private readonly db: Database) {
    super();
  }

  async add(notice: Notice, at: Date): Promise<void> {
    await this.db
      .forOrg(notice.org)
      .query(`INSERT INTO notices (org, at, due_at, notice) VALUES ($1, $2, $2, $3)`, [
        notice.org,
        at,
        JSON.stringify(notice),
      ]);
  }

  async beginStop(org: OrgId, { code, since }: Stop): Promise<boolean> {
    const rows = await this.db.forOrg(org).query<unknown[]>(
      `INSERT INTO notice_states (org, since, code) VALUES ($1, $2, $3)
         ON CONFLICT (org) DO UPDATE SET code = excluded.code WHERE notice_states.code <> excluded.code
       RETURNING org`,
      [org, since, code],
    );
    return rows.length > 0;
  }

  async endStop(org: OrgId): Promise<Stop | null> {
    const [rows] = await this.db
      .forOrg(org)
      .query<[Stop[], number]>(`DELETE FROM notice_states WHERE org = $1 RETURNING code, since`, [org]);
    return rows[0] ?? null;
  }

  async stopsAfter(org: OrgId | null, limit: number): Promise<{ org: OrgId; stop: Stop }[]> {
    const rows = await this.db.acrossOrgs.query<(Stop & { org: OrgId })[]>(
      `SELECT org, code, since FROM notice_states WHERE org > $1 ORDER BY org LIMIT $2`,
      [org ?? '', limit],
    );
    return rows.map((row) => ({ org: row.org, stop: { code: row.code, since: row.since } }));
  }

  async dueOrgs(now: Date, limit: number): Promise<OrgId[]> {
    const rows = await this.db.acrossOrgs.query<{ org: OrgId }[]>(
      `SELECT org FROM notices WHERE due_at <= $1 GROUP BY org ORDER BY min(due_at) LIMIT $2`,
      [now, limit],
    );
    return rows.map((row) => row.org);
  }

  async lock(org: OrgId): Promise<WaitingNotice[]> {
    await lockOrg(this.db, 'notices', org);
    return this.db
      .forOrg(org)
      .query(`SELECT position, at, notice FROM notices WHERE org = $1 ORDER BY position`, [org]);
  }

  async remove(org: OrgId, positions: readonly string[]): Promise<void> {
    if (!positions.length) return;
    await this.db
      .forOrg(org)
      .query(`DELETE FROM notices WHERE org = $1 AND position = ANY($2::bigint[])`, [org, positions]);
  }

  async postpone(org: OrgId, until: Date): Promise<void> {
    await this.db.forOrg(org).query(`UPDATE notices SET due_at = $2 WHERE org = $1`, [org, until]);
  }
}
