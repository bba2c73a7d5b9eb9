import {
  applyDecorators,
  Injectable,
  Optional,
  SetMetadata,
  UseInterceptors,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import type { Observable } from 'rxjs';
import { ACT, type TargetOf } from './act';
import { AuditTrail } from './audit-trail';

/** Tells the trail, where there is one. On the routes of acts alone: an interceptor of all would be felt by every request. */
@Injectable()
export class TellTrail implements NestInterceptor {
  constructor(@Optional() private readonly trail?: AuditTrail) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    return this.trail ? this.trail.intercept(context, next) : next.handle();
  }
}

/** An administrative act: each attempt goes to the audit log. The target is the path's id where none is named. */
export const Audited = <Answer, Body>(action: string, targetOf?: TargetOf<Answer, Body>) =>
  applyDecorators(SetMetadata(ACT, { action, targetOf }), UseInterceptors(TellTrail));
