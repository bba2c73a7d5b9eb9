import type { ExecutionContext } from '@nestjs/common';
import type { AuthenticatedRequest, Caller } from '@app/http';
import { orgId, type Actor } from '@app/kernel';
import type { Attempt } from '../application/act';

export const ACTION = Symbol('action');

export type AuditedRequest = AuthenticatedRequest & { params: { org: string; id?: string } };

export const actionOf = (context: ExecutionContext): string | undefined =>
  Reflect.getMetadata(ACTION, context.getHandler()) as string | undefined;

/**
 * Describes what the caller attempts. An attempt on another org is recorded in the log of the caller's own org,
 * because callers must not write into another org's log.
 */
export function attemptBy(caller: Caller, context: ExecutionContext): Attempt {
  const { params } = context.switchToHttp().getRequest<AuditedRequest>();
  const org = caller.org ?? orgId(params.org);
  return { org, action: actionOf(context) ?? 'unknown', by: actorOf(caller), target: params.id ?? null };
}

function actorOf({ subject, role, author, address }: Caller): Actor {
  return { subject, name: author.name, role, address };
}
