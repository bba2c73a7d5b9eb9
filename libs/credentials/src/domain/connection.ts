import { randomUUID } from 'node:crypto';
import type { OrgId } from '@app/kernel';
import type { ExpiryWarning } from './expiry';
import type { Rotation } from './rotation';

/** The kind of an access token at GitLab. */
export type TokenKind = 'personal' | 'project' | 'group';

/** GitLab's facts about a token, as of its last check. */
export interface TokenFacts {
  readonly username: string;
  readonly tokenKind: TokenKind;
  readonly scopes: readonly string[];
  readonly expiresAt: Date | null;
  readonly canCreateProjects: boolean;
  /**
   * True if the token is fine-grained: its scopes mean nothing, and GitLab shows its rights only when they are used.
   */
  readonly granular: boolean;
}

/** The measures before a token expires, and their results so far. */
export interface TokenLifecycle {
  /** True if GitLab is asked for a successor before the token expires. */
  readonly selfRotation: boolean;
  /** When the token replaced the one that was connected, or its last successor. */
  readonly rotatedAt: Date | null;
  /** A rotation in progress, or the reason why the last one failed. */
  readonly rotation: Rotation | null;
  /** The last warning that was sent. */
  readonly warned: ExpiryWarning | null;
}

/** The state of a new token: not rotated, no warning sent. */
export const NEW_TOKEN_LIFECYCLE = { rotatedAt: null, rotation: null, warned: null } as const;

/** An org's one connection to a GitLab instance. Never holds the token. */
export interface Connection extends TokenFacts, TokenLifecycle {
  /**
   * New if the instance differs from the former one, and after a disconnect: configuration under another id is void.
   */
  readonly id: string;
  /** New with every connect: secrets that belong to one token, such as the webhook secret, are then created again. */
  readonly generation: string;
  readonly org: OrgId;
  /** Normalised origin: scheme, host and port. */
  readonly instanceUrl: string;
  readonly connectedAt: Date;
  readonly connectedBy: string;
}

/** Identifies a connection and its token. */
export type ConnectionIds = Pick<Connection, 'id' | 'generation'>;

/** Identifies one token of one org: each connect and each rotation makes another. */
export type TokenIds = Pick<Connection, 'org' | 'generation' | 'rotatedAt'>;

/** Builds the connection that replaces `former`. */
export function nextConnection(
  former: Connection | null,
  next: Omit<Connection, 'id' | 'generation'>,
): Connection {
  const id = former?.instanceUrl === next.instanceUrl ? former.id : randomUUID();
  return { ...next, id, generation: randomUUID() };
}
