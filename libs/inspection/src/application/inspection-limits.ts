import { availableParallelism } from 'node:os';

/** What the inspection of untrusted texts may take. */
export class InspectionLimits {
  /** Worker threads; two at least, so that a text that takes long leaves one for other orgs. */
  readonly threads: number = Math.min(4, Math.max(2, availableParallelism()));
  /** For one text among others, in milliseconds. */
  readonly amongOthersMs: number = 1_000;
  /** For one text without others, in milliseconds: an ordinary file of a megabyte needs a tenth of it. */
  readonly singleMs: number = 3_000;
  /** Of one worker. */
  readonly heapMb: number = 96;
  /** The first wait before a text is inspected again over which inspections were interrupted; each further wait is twice as long. */
  readonly retryMs: number = 30_000;
  readonly longestRetryMs: number = 86_400_000;

  constructor(limits: Partial<InspectionLimits> = {}) {
    Object.assign(this, limits);
  }
}
