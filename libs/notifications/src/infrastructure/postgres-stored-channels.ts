import { Injectable } from '@nestjs/common';
import { Database, lockOrg } from '@app/database';
import type { OrgId } from '@app/kernel';
import { StoredChannels } from '../application/ports/stored-channels.port';

@Injectable()
export class PostgresStoredChannels extends StoredChannels {
  constructor(private readonly db: Database) {
    super();
  }

  async find(org: OrgId): Promise<string | null> {
    const rows = await this.db
      .forOrg(org)
      .query<{ sealed: string }[]>(`SELECT sealed FROM notice_channels WHERE org = $1`, [org]);
    return rows[0]?.sealed ?? null;
  }

  async lock(org: OrgId): Promise<string | null> {
    await lockOrg(this.db, 'notice_channels', org);
    return this.find(org);
  }

  async save(org: OrgId, sealed: string): Promise<void> {
    await this.db.forOrg(org).query(
      `INSERT INTO notice_channels (org, sealed) VALUES ($1, $2)
         ON CONFLICT (org) DO UPDATE SET sealed = excluded.sealed`,
      [org, sealed],
    );
  }

  async reseal(org: OrgId, from: string, to: string): Promise<void> {
    await this.db
      .forOrg(org)
      .query(`UPDATE notice_channels SET sealed = $3 WHERE org = $1 AND sealed = $2`, [org, from, to]);
  }

  async orgsAfter(org: OrgId | null, limit: number): Promise<OrgId[]> {
    const rows = await this.db.acrossOrgs.query<{ org: OrgId }[]>(
      `SELECT org FROM notice_channels WHERE org > $1 ORDER BY org LIMIT $2`,
      [org ?? '', limit],
    );
    return rows.map((row) => row.org);
  }
}
