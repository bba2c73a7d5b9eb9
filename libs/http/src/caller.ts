import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Author, OrgId } from '@app/kernel';

export const ROLES = ['admin', 'member', 'operator'] as const;
export type Role = (typeof ROLES)[number];

/** Who is calling, as proved by their token. An operator belongs to no org. */
export interface Caller {
  readonly subject: string;
  readonly role: Role;
  readonly org: OrgId | null;
  /** Becomes the commit's author. */
  readonly author: Author;
  /** The network address, for the audit log. */
  readonly address: string;
  /** When the token ends, if the host's authentication says so. */
  readonly expiresAt?: Date;
}

/** The request once a host's authentication has let it in. */
export interface AuthenticatedRequest {
  caller?: Caller;
}

export const CurrentCaller = createParamDecorator(
  (_: unknown, context: ExecutionContext) => context.switchToHttp().getRequest<AuthenticatedRequest>().caller,
);
