import { Injectable } from '@nestjs/common';
import { Column, Entity, In, MoreThan, PrimaryColumn } from 'typeorm';
import { Database } from '@app/database';
import type { OrgId } from '@app/kernel';
import { Connections, type StoredConnection } from '../application/connections.port';
import type { Connection, ConnectionIds, TokenFacts, TokenKind } from '../domain/connection';

@Entity('gitlab_connections')
export class ConnectionRow {
  @PrimaryColumn('text')
  org: OrgId;
  @Column('uuid')
  id: string;
  @Column('uuid')
  generation: string;
  @Column('text', { name: 'instance_url' })
  instanceUrl: string;
  @Column('text')
  username: string;
  @Column('text', { name: 'token_kind' })
  tokenKind: TokenKind;
  @Column('text', { array: true })
  scopes: string[];
  @Column('timestamptz', { name: 'expires_at', nullable: true })
  expiresAt: Date | null;
  @Column('boolean', { name: 'can_create_projects' })
  canCreateProjects: boolean;
  @Column('boolean')
  granular: boolean;
  @Column('timestamptz', { name: 'connected_at' })
  connectedAt: Date;
  @Column('text', { name: 'connected_by' })
  connectedBy: string;
  @Column('text', { name: 'sealed_token' })
  sealedToken: string;
}

@Injectable()
export class TypeOrmConnections extends Connections {
  constructor(private readonly db: Database) {
    super();
  }

  async find(org: OrgId): Promise<StoredConnection | null> {
    const row = await this.db.of(org).findOneBy(ConnectionRow, { org });
    return row && toStored(row);
  }

  async hold(org: OrgId): Promise<StoredConnection | null> {
    await this.db
      .of(org)
      .query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`gitlab_connections/${org}`]);
    return this.find(org);
  }

  async save({ connection, sealedToken }: StoredConnection): Promise<void> {
    const row = { ...connection, scopes: [...connection.scopes], sealedToken };
    await this.db.of(connection.org).upsert(ConnectionRow, row, ['org']);
  }

  async noteFacts(org: OrgId, generation: string, facts: TokenFacts): Promise<Connection | null> {
    const { username, tokenKind, scopes, expiresAt, canCreateProjects, granular } = facts;
    const { affected } = await this.db
      .of(org)
      .update(
        ConnectionRow,
        { org, generation },
        { username, tokenKind, scopes: [...scopes], expiresAt, canCreateProjects, granular },
      );
    return affected ? ((await this.find(org))?.connection ?? null) : null;
  }

  async remove(org: OrgId): Promise<Connection | null> {
    const stored = await this.find(org);
    const { affected } = await this.db.of(org).delete(ConnectionRow, { org });
    return affected && stored ? stored.connection : null;
  }

  async idsOf(orgs: readonly OrgId[]): Promise<Map<OrgId, ConnectionIds>> {
    const rows = await this.db.everyOrg.find(ConnectionRow, {
      select: { org: true, id: true, generation: true },
      where: { org: In(orgs) },
    });
    return new Map(rows.map(({ org, id, generation }) => [org, { id, generation }]));
  }

  async after(org: OrgId | null, limit: number): Promise<StoredConnection[]> {
    const rows = await this.db.everyOrg.find(ConnectionRow, {
      where: org === null ? {} : { org: MoreThan(org) },
      order: { org: 'asc' },
      take: limit,
    });
    return rows.map(toStored);
  }

  async reseal(org: OrgId, from: string, to: string): Promise<void> {
    await this.db.of(org).update(ConnectionRow, { org, sealedToken: from }, { sealedToken: to });
  }
}

function toStored({ sealedToken, ...connection }: ConnectionRow): StoredConnection {
  return { connection, sealedToken };
}
