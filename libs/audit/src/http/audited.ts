import {
  applyDecorators,
  createParamDecorator,
  Injectable,
  SetMetadata,
  UseInterceptors,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { from, lastValueFrom, type Observable } from 'rxjs';
import { checkCaller } from '@app/http';
import type { Act } from '../application/act';
import { AuditTrail } from '../application/audit-trail';
import { ACTION, attemptBy, type AuditedRequest } from './attempt-by';

type ActingRequest = AuditedRequest & { act?: Act };

/** Runs the route as an act. Only on the routes of acts: a global interceptor would slow every request down. */
@Injectable()
export class RunAsAct implements NestInterceptor {
  constructor(private readonly trail: AuditTrail) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<ActingRequest>();
    const attempt = attemptBy(checkCaller(request.caller), context);
    const run = this.trail.attempt(attempt, (act) => {
      request.act = act;
      return lastValueFrom<unknown>(next.handle());
    });
    return from(run);
  }
}

/**
 * Declares an administrative act and records each attempt. The target is the id in the path, unless the act names
 * another.
 */
export const Audited = (action: string) =>
  applyDecorators(SetMetadata(ACTION, action), UseInterceptors(RunAsAct));

/** Injects the running act into an `@Audited` route, which passes it on to the use case. */
export const CurrentAct = createParamDecorator(
  (_: unknown, context: ExecutionContext) => context.switchToHttp().getRequest<ActingRequest>().act,
);
