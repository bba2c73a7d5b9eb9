import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Author, OrgId } from '@app/kernel';

export const ROLES = ['admin', 'member', 'operator'] as const;
export type Role = (typeof ROLES)[number];

/** The caller, as its token proves. An operator belongs to no org. */
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

/** A request that a host's authentication has accepted. */
export interface AuthenticatedRequest {
  caller?: Caller;
}

export const CurrentCaller = createParamDecorator(
  (_: unknown, context: ExecutionContext) => context.switchToHttp().getRequest<AuthenticatedRequest>().caller,
);
