import type { InMemoryTable, InMemoryTables } from '@app/database/testing';
import type { OrgId } from '@app/kernel';
import { Connections, type StoredConnection } from '../application/connections.port';
import type { Connection, ConnectionIds, TokenFacts } from '../domain/connection';

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

  noteFacts(org: OrgId, generation: string, facts: TokenFacts): Promise<Connection | null> {
    return this.tables.run(() => {
      const stored = this.rows.get(org);
      if (stored?.connection.generation !== generation) return null;
      const connection = { ...stored.connection, ...facts };
      this.rows.set(org, { ...stored, connection });
      return connection;
    });
  }

  remove(org: OrgId): Promise<Connection | null> {
    return this.tables.run(() => {
      const stored = this.rows.get(org);
      this.rows.delete(org);
      return stored?.connection ?? null;
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

  reseal(org: OrgId, from: string, to: string): Promise<void> {
    return this.tables.run(() => {
      const stored = this.rows.get(org);
      if (stored?.sealedToken === from) this.rows.set(org, { ...stored, sealedToken: to });
    });
  }
}
