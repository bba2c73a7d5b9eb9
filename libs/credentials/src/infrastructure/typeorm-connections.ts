import { Injectable } from '@nestjs/common';
import { Between, Column, Entity, Index, IsNull, MoreThan, PrimaryColumn } from 'typeorm';
import { Database, rowsWhere, lockOrg } from '@app/database';
import type { OrgId } from '@app/kernel';
import { Connections, type Amendment, type StoredConnection } from '../application/connections.port';
import type { Connection, ConnectionIds, TokenIds, TokenKind } from '../domain/connection';
import type { ExpiryWarning } from '../domain/expiry';
import type { Rotation } from '../domain/rotation';

@Entity('gitlab_connections')
@Index('gitlab_connections_expiring', ['expiresAt'], { where: 'expires_at IS NOT NULL' })
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
  @Column('boolean', { name: 'self_rotation', default: false })
  selfRotation: boolean;
  @Column('timestamptz', { name: 'rotated_at', nullable: true })
  rotatedAt: Date | null;
  @Column('jsonb', { nullable: true })
  rotation: Rotation | null;
  @Column('jsonb', { nullable: true })
  warned: ExpiryWarning | null;
}

@Injectable()
export class TypeOrmConnections extends Connections {
  constructor(private readonly db: Database) {
    super();
  }

  async find(org: OrgId): Promise<StoredConnection | null> {
    const [row] = await rowsWhere(this.db.forOrg(org), ConnectionRow, 'org = $1', [org]);
    return row ? toStored(row) : null;
  }

  async hold(org: OrgId): Promise<StoredConnection | null> {
    await lockOrg(this.db, 'gitlab_connections', org);
    return this.find(org);
  }

  async save({ connection, sealedToken }: StoredConnection): Promise<void> {
    const row = { ...connection, scopes: [...connection.scopes], sealedToken };
    await this.db.forOrg(connection.org).orm((manager) => manager.upsert(ConnectionRow, row, ['org']));
  }

  async amend(token: TokenIds, { scopes, ...amendment }: Amendment): Promise<Connection | null> {
    const { org, generation, rotatedAt } = token;
    const same = { org, generation, rotatedAt: rotatedAt ?? IsNull() };
    const changes = { ...amendment, ...(scopes && { scopes: [...scopes] }) };
    const { affected } = await this.db
      .forOrg(org)
      .orm((manager) => manager.update(ConnectionRow, same, changes));
    return affected ? ((await this.find(org))?.connection ?? null) : null;
  }

  async remove(org: OrgId): Promise<StoredConnection | null> {
    const stored = await this.find(org);
    const { affected } = await this.db.forOrg(org).orm((manager) => manager.delete(ConnectionRow, { org }));
    return affected ? stored : null;
  }

  async idsOf(orgs: readonly OrgId[]): Promise<Map<OrgId, ConnectionIds>> {
    const rows = await this.db.acrossOrgs.query<(ConnectionIds & { org: OrgId })[]>(
      `SELECT org, id, generation FROM gitlab_connections WHERE org = ANY($1)`,
      [orgs],
    );
    return new Map(rows.map(({ org, id, generation }) => [org, { id, generation }]));
  }

  async after(org: OrgId | null, limit: number): Promise<StoredConnection[]> {
    const rows = await this.db.acrossOrgs.orm((manager) =>
      manager.find(ConnectionRow, {
        where: org === null ? {} : { org: MoreThan(org) },
        order: { org: 'asc' },
        take: limit,
      }),
    );
    return rows.map(toStored);
  }

  async expiring(from: Date, until: Date, after: OrgId | null, limit: number): Promise<Connection[]> {
    const rows = await this.db.acrossOrgs.orm((manager) =>
      manager.find(ConnectionRow, {
        where: { expiresAt: Between(from, until), ...(after !== null && { org: MoreThan(after) }) },
        order: { org: 'asc' },
        take: limit,
      }),
    );
    return rows.map((row) => toStored(row).connection);
  }

  async reseal(org: OrgId, from: string, to: string): Promise<void> {
    await this.db
      .forOrg(org)
      .orm((manager) => manager.update(ConnectionRow, { org, sealedToken: from }, { sealedToken: to }));
  }
}

function toStored({ sealedToken, ...connection }: ConnectionRow): StoredConnection {
  return { connection, sealedToken };
}
