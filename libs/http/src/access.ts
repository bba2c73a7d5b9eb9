import {
  applyDecorators,
  Injectable,
  Optional,
  SetMetadata,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ApiBearerAuth } from '@nestjs/swagger';
import { DomainError } from '@app/kernel';
import { ForbiddenOrg, ForbiddenRole } from './access.errors';
import { AuditTrail } from './audit-trail';
import type { AuthenticatedRequest, Role } from './caller';
import { checkCaller } from './check-caller';

const RULE = 'access';

/** Declares who may call a route: the named roles of the org in the path; nobody's token is asked of `anyone`. */
export function AllowedTo(...roles: (Role | 'anyone')[]) {
  return applyDecorators(SetMetadata(RULE, roles), ...(roles.includes('anyone') ? [] : [ApiBearerAuth()]));
}

export const AdminOnly = () => AllowedTo('admin');
export const Members = () => AllowedTo('admin', 'member');
export const MembersAndOperators = () => AllowedTo('admin', 'member', 'operator');

/** Fails closed: a route without a rule is open to nobody. What it refuses is told to the audit trail, where there is one. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    @Optional() private readonly trail?: AuditTrail,
  ) {}

  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    try {
      return this.isAllowed(context);
    } catch (refusal) {
      return this.refuse(context, refusal);
    }
  }

  private async refuse(context: ExecutionContext, refusal: unknown): Promise<never> {
    if (refusal instanceof DomainError) await this.trail?.refused(context, refusal);
    throw refusal;
  }

  private isAllowed(context: ExecutionContext): boolean {
    const rule = this.reflector.getAllAndOverride<(Role | 'anyone')[] | undefined>(RULE, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (rule?.includes('anyone')) return true;
    const request = context.switchToHttp().getRequest<AuthenticatedRequest & { params: { org?: string } }>();
    const caller = checkCaller(request.caller);
    if (caller.role !== 'operator' && request.params.org !== undefined && request.params.org !== caller.org) {
      throw new ForbiddenOrg();
    }
    if (!rule?.includes(caller.role)) throw new ForbiddenRole(rule ?? []);
    return true;
  }
}
