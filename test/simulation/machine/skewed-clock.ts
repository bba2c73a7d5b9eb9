import { Clock } from '@app/kernel';

/** A clock that is wrong by some minutes and goes with the true one. */
export class SkewedClock extends Clock {
  constructor(
    private readonly truth: Clock,
    private readonly skewMs: number,
  ) {
    super();
  }

  now(): Date {
    return new Date(this.truth.now().getTime() + this.skewMs);
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return this.truth.sleep(ms, signal);
  }
}
