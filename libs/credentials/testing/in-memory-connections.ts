import type { InMemoryTable, InMemoryTables } from '@app/database/testing';
import type { OrgId } from '@app/kernel';
import { Connections, type Amendment, type StoredConnection } from '../src/application/connections.port';
import type { Connection, ConnectionIds, TokenIds } from '../src/domain/connection';

export class InMemoryConnections extends Connections {
  private readonly rows: InMemoryTable<StoredConnection>;

  constructor(private readonly tables: InMemoryTables) {
    super();
    this.rows = tables.table('gitlab_connections');
  }

  async find(org: OrgId): Promise<StoredConnection | null> {
    return this.rows.get(org) ?? null;
  }

  /** Transactions of the tables run one after the other: nothing more is needed. */
  hold(org: OrgId): Promise<StoredConnection | null> {
    return this.find(org);
  }

  save({ connection, sealedToken }: StoredConnection): Promise<void> {
    return this.tables.run(() => this.rows.set(connection.org, { connection, sealedToken }));
  }

  amend(token: TokenIds, { sealedToken, ...amendment }: Amendment): Promise<Connection | null> {
    const { org, generation, rotatedAt } = token;
    return this.tables.run(() => {
      const stored = this.rows.get(org);
      if (stored?.connection.generation !== generation) return null;
      if (stored.connection.rotatedAt?.getTime() !== rotatedAt?.getTime()) return null;
      const connection = { ...stored.connection, ...amendment };
      this.rows.set(org, { connection, sealedToken: sealedToken ?? stored.sealedToken });
      return connection;
    });
  }

  remove(org: OrgId): Promise<StoredConnection | null> {
    return this.tables.run(() => {
      const stored = this.rows.get(org);
      this.rows.delete(org);
      return stored ?? null;
    });
  }

  async idsOf(orgs: readonly OrgId[]): Promise<Map<OrgId, ConnectionIds>> {
    const stored = orgs.map((org) => this.rows.get(org)).filter((row) => row !== undefined);
    return new Map(stored.map(({ connection: { org, id, generation } }) => [org, { id, generation }]));
  }

  async after(org: OrgId | null, limit: number): Promise<StoredConnection[]> {
    const rows = this.rows.values().filter(({ connection }) => org === null || connection.org > org);
    return rows.sort((one, other) => (one.connection.org < other.connection.org ? -1 : 1)).slice(0, limit);
  }

  async expiring(from: Date, until: Date, after: OrgId | null, limit: number): Promise<Connection[]> {
    const stored = await this.after(after, Number.POSITIVE_INFINITY);
    const connections = stored.map(({ connection }) => connection);
    const within = (at: Date | null) => at !== null && at >= from && at <= until;
    return connections.filter(({ expiresAt }) => within(expiresAt)).slice(0, limit);
  }

  reseal(org: OrgId, from: string, to: string): Promise<void> {
    return this.tables.run(() => {
      const stored = this.rows.get(org);
      if (stored?.sealedToken === from) this.rows.set(org, { ...stored, sealedToken: to });
    });
  }
}
