import {
  applyDecorators,
  Injectable,
  SetMetadata,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ApiBearerAuth } from '@nestjs/swagger';
import type { Request } from 'express';
import { CallerSource, orgId, type Caller, type DomainError, type Role } from '@app/kernel';
import { ForbiddenOrg, ForbiddenRole } from './access.errors';
import { noteCall, type Call } from './caller';
import { checkCaller } from './check-caller';
import { Refusals } from './refusals.port';

const RULE = 'gitlab-sync:access';
const ACTION = 'gitlab-sync:action';

/** Names the roles that may call a route. */
export type AccessRule = readonly (Role | 'anyone')[];

/** Opens a route to the named roles of the org in the path. `anyone` needs no token. */
export function AllowedTo(...roles: AccessRule) {
  return applyDecorators(SetMetadata(RULE, roles), ...(roles.includes('anyone') ? [] : [ApiBearerAuth()]));
}

/** Lets only admins of the org use a route. */
export const AdminOnly = () => AllowedTo('admin');
/** Lets admins and members of the org use a route. */
export const Members = () => AllowedTo('admin', 'member');
/** Lets admins, members and operators use a route. */
export const MembersAndOperators = () => AllowedTo('admin', 'member', 'operator');

/** Names the administrative act of a route, so that a refused attempt is recorded. */
export const Action = (name: string) => SetMetadata(ACTION, name);

/**
 * Fails closed: refuses every call without a known caller, and every call to a route without a rule. Reports refused
 * acts to `Refusals`.
 */
@Injectable()
export class AccessGuard implements CanActivate {
  /** @internal */
  constructor(
    private readonly reflector: Reflector,
    private readonly callers: CallerSource,
    private readonly refusals: Refusals,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const rule = this.find<AccessRule>(RULE, context) ?? [];
    if (rule.includes('anyone')) return true;
    const request = context.switchToHttp().getRequest<Request>();
    const caller = checkCaller(await this.callers.callerOf(request));
    const { org: inPath, id } = request.params as { org?: string; id?: string };
    const call: Call = {
      caller,
      org: caller.org ?? orgId(inPath ?? ''),
      action: this.find<string>(ACTION, context) ?? null,
      target: id ?? null,
    };
    noteCall(request, call);
    const refusal = refusalOf(caller, inPath, rule);
    if (!refusal) return true;
    await this.refusals.record(refusal, call);
    throw refusal;
  }

  private find<T>(key: string, context: ExecutionContext): T | undefined {
    return this.reflector.getAllAndOverride<T | undefined>(key, [context.getHandler(), context.getClass()]);
  }
}

function refusalOf({ role, org }: Caller, inPath: string | undefined, rule: AccessRule): DomainError | null {
  if (role !== 'operator' && inPath !== undefined && inPath !== org) return new ForbiddenOrg();
  return rule.includes(role) ? null : new ForbiddenRole(rule);
}
