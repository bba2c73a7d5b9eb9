import { randomUUID } from 'node:crypto';
import type { OrgId } from '@app/kernel';
import type { ExpiryWarning } from './expiry';
import type { Rotation } from './rotation';

export type TokenKind = 'personal' | 'project' | 'group';

/** What GitLab told of a token when it was last looked at. */
export interface TokenFacts {
  readonly username: string;
  readonly tokenKind: TokenKind;
  readonly scopes: readonly string[];
  readonly expiresAt: Date | null;
  readonly canCreateProjects: boolean;
  /** True where the token is fine-grained: its scopes say nothing, its rights show only when used. */
  readonly granular: boolean;
}

/** What is done about the token's end, and what came of it so far. */
export interface TokenLifecycle {
  /** Whether GitLab is asked for a successor before the token expires. */
  readonly selfRotation: boolean;
  /** When the token took the place of the one that was connected, or of its last successor. */
  readonly rotatedAt: Date | null;
  /** A rotation under way, or why the last one failed. */
  readonly rotation: Rotation | null;
  /** The last warning that was given. */
  readonly warned: ExpiryWarning | null;
}

/** Nothing was done yet about the token's end. */
export const NEW_TOKEN_LIFECYCLE = { rotatedAt: null, rotation: null, warned: null } as const;

/** An org's one connection to a GitLab instance. Never holds the token. */
export interface Connection extends TokenFacts, TokenLifecycle {
  /** New where the instance differs from the former one, and after a disconnect: what was configured under another id counts no more. */
  readonly id: string;
  /** New with every connect: what belongs to one token, such as the webhook secret, is made anew. */
  readonly generation: string;
  readonly org: OrgId;
  /** Normalised origin: scheme, host and port. */
  readonly instanceUrl: string;
  readonly connectedAt: Date;
  readonly connectedBy: string;
}

/** What tells whether it is still the same connection, and the same token. */
export type ConnectionIds = Pick<Connection, 'id' | 'generation'>;

/** Names one token of one org: another connect makes another, and so does a rotation. */
export type TokenIds = Pick<Connection, 'org' | 'generation' | 'rotatedAt'>;

/** The connection that takes the place of `former`. */
export function nextConnection(
  former: Connection | null,
  next: Omit<Connection, 'id' | 'generation'>,
): Connection {
  const id = former?.instanceUrl === next.instanceUrl ? former.id : randomUUID();
  return { ...next, id, generation: randomUUID() };
}
