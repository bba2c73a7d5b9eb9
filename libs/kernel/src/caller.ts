import type { IncomingMessage } from 'node:http';
import type { Actor } from './actor';
import type { Author } from './author';
import type { OrgId } from './org-id';

/** The roles of callers. An operator acts for no org. */
export const ROLES = ['admin', 'member', 'operator'] as const;
/** A word of `ROLES`. */
export type Role = (typeof ROLES)[number];

/** A person or program that sends a request. An operator belongs to no org. */
export interface Caller {
  readonly subject: string;
  readonly role: Role;
  readonly org: OrgId | null;
  /** Becomes the commit's author. */
  readonly author: Author;
  /** The network address, for the audit log. */
  readonly address: string;
  /** The expiry of the token, if the host's authentication provides it. */
  readonly expiresAt?: Date;
}

/** Says who sends a request. Implemented by the host, from what its own authentication found. */
export abstract class CallerSource {
  /** Returns null if the caller is unknown: the request is then answered with 401. */
  abstract callerOf(request: IncomingMessage): Caller | null | Promise<Caller | null>;
}

/** Returns the caller as the actor of its request. */
export function actorOf({ subject, role, author, address }: Caller): Actor {
  return { subject, name: author.name, email: author.email, role, address };
}
