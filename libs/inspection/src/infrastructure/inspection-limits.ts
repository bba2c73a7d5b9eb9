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

  constructor(limits: Partial<InspectionLimits> = {}) {
    Object.assign(this, limits);
  }
}
