import { readAll, type OrgId } from '@app/kernel';
import type { Connection, ConnectionIds, TokenLifecycle, TokenFacts, TokenIds } from '../domain/connection';

export interface StoredConnection {
  readonly connection: Connection;
  readonly sealedToken: string;
}

/** The parts of a connection that may change without another connect. */
export type Amendment = Partial<TokenFacts & TokenLifecycle> & { readonly sealedToken?: string };

/** Stores each org's connection and its sealed token; at most one per org. */
export abstract class Connections {
  abstract find(org: OrgId): Promise<StoredConnection | null>;

  /** Like `find`, and locks the org's connection until the open transaction ends. */
  abstract hold(org: OrgId): Promise<StoredConnection | null>;

  /** Replaces the org's former connection. */
  abstract save(stored: StoredConnection): Promise<void>;

  /** Applies the amendment if the org still has this token; null otherwise. */
  abstract amend(token: TokenIds, amendment: Amendment): Promise<Connection | null>;

  /** Destroys the connection and its sealed token; returns both as they were. */
  abstract remove(org: OrgId): Promise<StoredConnection | null>;

  /** Returns the ids of those orgs that have a connection. */
  abstract idsOf(orgs: readonly OrgId[]): Promise<Map<OrgId, ConnectionIds>>;

  /** Returns connections by org, after the given one. Crosses orgs: only for the rotation of keys. */
  abstract after(org: OrgId | null, limit: number): Promise<StoredConnection[]>;

  /** Yields the connections of all orgs. Only for the rotation of keys. */
  all(): AsyncGenerator<StoredConnection> {
    return readAll<StoredConnection>((last, limit) => this.after(last?.connection.org ?? null, limit));
  }

  /**
   * Returns connections by org, after the given one, whose token expires between the two times. Crosses orgs: only
   * for the renewal of tokens.
   */
  abstract expiring(from: Date, until: Date, after: OrgId | null, limit: number): Promise<Connection[]>;

  /** Replaces one seal of a token by another; does nothing if the token was replaced meanwhile. */
  abstract reseal(org: OrgId, from: string, to: string): Promise<void>;
}
