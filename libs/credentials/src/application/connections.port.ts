import type { OrgId } from '@app/kernel';
import type { Connection, ConnectionIds, TokenLifecycle, TokenFacts, TokenIds } from '../domain/connection';

export interface StoredConnection {
  readonly connection: Connection;
  readonly sealedToken: string;
}

/** What may change about a connection without another connect. */
export type Amendment = Partial<TokenFacts & TokenLifecycle> & { readonly sealedToken?: string };

/** Each org's connection and its sealed token; at most one per org. */
export abstract class Connections {
  abstract find(org: OrgId): Promise<StoredConnection | null>;

  /** Like `find`; until the open transaction ends no other holds the org's connection. */
  abstract hold(org: OrgId): Promise<StoredConnection | null>;

  /** In place of the org's former one. */
  abstract save(stored: StoredConnection): Promise<void>;

  /** Notes what is new, while it is still the same token; null where it is not. */
  abstract amend(token: TokenIds, amendment: Amendment): Promise<Connection | null>;

  /** Destroys the sealed token with it; answers what was there. */
  abstract remove(org: OrgId): Promise<StoredConnection | null>;

  /** Of those of the orgs that have a connection. */
  abstract idsOf(orgs: readonly OrgId[]): Promise<Map<OrgId, ConnectionIds>>;

  /** By org, those after the given one. Crosses orgs: for the rotation of keys alone. */
  abstract after(org: OrgId | null, limit: number): Promise<StoredConnection[]>;

  /** By org, those after the given one whose token expires between the two times. Crosses orgs: for the care of tokens alone. */
  abstract expiring(from: Date, until: Date, after: OrgId | null, limit: number): Promise<Connection[]>;

  /** Swaps one seal of a token for another; nothing where the token was replaced meanwhile. */
  abstract reseal(org: OrgId, from: string, to: string): Promise<void>;
}
