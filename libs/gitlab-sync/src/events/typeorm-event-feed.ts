import { Injectable } from '@nestjs/common';
import { Column, Entity, Index, MoreThan, PrimaryGeneratedColumn } from 'typeorm';
import { Database } from '@app/database';
import {
  Clock,
  encodeCursor,
  positionOf,
  type DomainEvent,
  type OrgId,
  type Page,
  type PageRequest,
} from '@app/kernel';
import { EventFeed, type StoredEvent } from './event-feed.port';
import type { GitLabSyncEvent, GitLabSyncEventName } from './gitlab-sync.events';

const START = [0] as const;

/** An arbitrary lock number, beside the org's: writers of events share it, and a reader waits for them. */
const EVENTS = 471_502;

@Entity('sync_events')
@Index('sync_events_in_order', ['org', 'position'])
export class SyncEventRow {
  /** PostgreSQL returns bigint as text. */
  @PrimaryGeneratedColumn('increment', { type: 'bigint' })
  position: string;
  @Column('text')
  org: OrgId;
  @Column('text')
  name: GitLabSyncEventName;
  @Column('timestamptz')
  at: Date;
  @Column('jsonb')
  data: GitLabSyncEvent;
}

@Injectable()
export class TypeOrmEventFeed extends EventFeed {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {
    super();
  }

  /** Takes the position under the lock, which the transaction holds until its end. Only the commit waits for it. */
  add(event: DomainEvent): Promise<void> {
    const adding = this.db.forOrg(event.org).query(
      `WITH held AS MATERIALIZED (SELECT pg_advisory_xact_lock_shared(${EVENTS}, hashtext($1)))
       INSERT INTO sync_events (org, name, at, data) SELECT $1, $2, $3, $4 FROM held`,
      [event.org, event.name, this.clock.now(), JSON.stringify(event)],
    );
    return this.db.beforeCommit(adding);
  }

  async after(org: OrgId, { limit = 50, cursor }: PageRequest): Promise<Page<StoredEvent>> {
    const [position] = positionOf<readonly [number]>(cursor, START);
    const rows = await this.db.transaction(async () => {
      const access = this.db.forOrg(org);
      await access.query(`SELECT pg_advisory_xact_lock(${EVENTS}, hashtext($1))`, [org]);
      const where = { org, position: MoreThan(String(position)) };
      return access.orm((manager) =>
        manager.find(SyncEventRow, { where, order: { position: 'asc' }, take: limit }),
      );
    });
    const last = rows.at(-1);
    return {
      items: rows.map(({ position: id, name, at, data }) => ({ id, name, at: at.toISOString(), data })),
      nextCursor: last ? encodeCursor([Number(last.position)]) : (cursor ?? null),
    };
  }
}
