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

/** Runs the route as an act. On the routes of acts only: an interceptor of all would be felt by every request. */
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

/** Declares an administrative act: each attempt goes to the audit log, with the path's id as its target unless the act names another. */
export const Audited = (action: string) =>
  applyDecorators(SetMetadata(ACTION, action), UseInterceptors(RunAsAct));

/** Hands the act under way to an `@Audited` route, which passes it on to the use case. */
export const CurrentAct = createParamDecorator(
  (_: unknown, context: ExecutionContext) => context.switchToHttp().getRequest<ActingRequest>().act,
);
