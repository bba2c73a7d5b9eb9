import { Injectable, type ExecutionContext } from '@nestjs/common';
import { Refusals, type Caller } from '@app/http';
import type { DomainError } from '@app/kernel';
import { AuditTrail } from '../application/audit-trail';
import { actionOf, attemptBy } from './attempt-by';

/** Records attempts at an act that the caller's role or org does not allow. */
@Injectable()
export class RecordRefusals extends Refusals {
  constructor(private readonly trail: AuditTrail) {
    super();
  }

  async record(refusal: DomainError, caller: Caller, context: ExecutionContext): Promise<void> {
    if (actionOf(context)) await this.trail.failed(attemptBy(caller, context), refusal);
  }
}
