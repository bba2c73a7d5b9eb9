import { Injectable } from '@nestjs/common';
import { Refusals, type Call } from '@app/http';
import { actorOf, type DomainError } from '@app/kernel';
import { AuditTrail } from '../application/audit-trail';

/**
 * Records refused acts. An attempt on another org is recorded in the log of the caller's own org, because callers must
 * not write into another org's log.
 */
@Injectable()
export class RecordRefusals extends Refusals {
  constructor(private readonly trail: AuditTrail) {
    super();
  }

  async record(refusal: DomainError, { caller, org, action, target }: Call): Promise<void> {
    if (action !== null) await this.trail.failed({ org, action, by: actorOf(caller), target }, refusal);
  }
}
