import { availableParallelism } from 'node:os';

/** Limits the resources for the inspection of untrusted texts. */
export class InspectionLimits {
  /** Worker threads; at least two, so that a slow text leaves one for other orgs. */
  readonly threads: number = Math.min(4, Math.max(2, availableParallelism()));
  /** Time for one text among others. */
  readonly amongOthersMs: number = 1_000;
  /** Time for one text without others. An ordinary file of a megabyte needs a tenth of it. */
  readonly singleMs: number = 3_000;
  /** Heap of one worker. */
  readonly heapMb: number = 96;
  /** The first wait before a text is inspected again over which inspections were interrupted; each further wait is twice as long. */
  readonly retryMs: number = 30_000;
  readonly longestRetryMs: number = 86_400_000;

  constructor(limits: Partial<InspectionLimits> = {}) {
    Object.assign(this, limits);
  }
}
