import type { ExecutionContext } from '@nestjs/common';
import type { DomainError } from '@app/kernel';
import type { Caller } from './caller';

/** Records each call that `AccessGuard` refuses to a known caller, before the call is answered. */
export abstract class Refusals {
  abstract record(refusal: DomainError, caller: Caller, context: ExecutionContext): Promise<void>;
}
