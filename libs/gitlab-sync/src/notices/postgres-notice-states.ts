import { Injectable } from '@nestjs/common';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { Database } from '@app/database';
import { Clock, type OrgId } from '@app/kernel';
import { NoticeStates } from './notice-states.port';

const WAITS = `
  INSERT INTO notice_states (org, since) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING org`;

/** An org that waits for a person. */
@Entity('notice_states')
export class NoticeStateRow {
  @PrimaryColumn('text')
  org: OrgId;
  @Column('timestamptz')
  since: Date;
}

@Injectable()
export class PostgresNoticeStates extends NoticeStates {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {
    super();
  }

  async change(org: OrgId, needsPerson: boolean): Promise<boolean> {
    const manager = this.db.forOrg(org);
    if (needsPerson) {
      const rows = await manager.query<unknown[]>(WAITS, [org, this.clock.now()]);
      return rows.length > 0;
    }
    const [rows] = await manager.query<[unknown[], number]>(
      `DELETE FROM notice_states WHERE org = $1 RETURNING org`,
      [org],
    );
    return rows.length > 0;
  }
}
