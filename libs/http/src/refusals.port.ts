import type { DomainError } from '@app/kernel';
import type { Call } from './caller';

/** Records each administrative act that is refused before it begins. */
export abstract class Refusals {
  /** Resolves before the call is answered. Never fails. Ignores calls that are no administrative act. */
  abstract record(refusal: DomainError, call: Call): Promise<void>;
}
