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
import type { DomainError } from '@app/kernel';
import { ForbiddenOrg, ForbiddenRole } from './access.errors';
import type { AuthenticatedRequest, Caller, Role } from './caller';
import { checkCaller } from './check-caller';
import { Refusals } from './refusals.port';

const RULE = 'access';

/** Opens a route to the named roles of the org in the path. `anyone` needs no token. */
export function AllowedTo(...roles: (Role | 'anyone')[]) {
  return applyDecorators(SetMetadata(RULE, roles), ...(roles.includes('anyone') ? [] : [ApiBearerAuth()]));
}

export const AdminOnly = () => AllowedTo('admin');
export const Members = () => AllowedTo('admin', 'member');
export const MembersAndOperators = () => AllowedTo('admin', 'member', 'operator');

/**
 * Fails closed: refuses every call to a route without a rule. Reports refusals to `Refusals`, if the host provides
 * it.
 */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    @Optional() private readonly refusals?: Refusals,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const rule = this.ruleOf(context);
    if (rule.includes('anyone')) return true;
    const request = context.switchToHttp().getRequest<AuthenticatedRequest & { params: { org?: string } }>();
    const caller = checkCaller(request.caller);
    const refusal = refusalOf(caller, request.params.org, rule);
    if (!refusal) return true;
    await this.refusals?.record(refusal, caller, context);
    throw refusal;
  }

  private ruleOf(context: ExecutionContext): readonly (Role | 'anyone')[] {
    const places = [context.getHandler(), context.getClass()];
    return this.reflector.getAllAndOverride<(Role | 'anyone')[] | undefined>(RULE, places) ?? [];
  }
}

function refusalOf(
  { role, org }: Caller,
  inPath: string | undefined,
  rule: readonly string[],
): DomainError | null {
  if (role !== 'operator' && inPath !== undefined && inPath !== org) return new ForbiddenOrg();
  return rule.includes(role) ? null : new ForbiddenRole(rule);
}
