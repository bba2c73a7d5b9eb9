import type { Clock } from '../src/clock';
import { globalRunner, type ContractRunner } from './contract-runner';

export interface ClockSubject {
  readonly clock: Clock;
  /** Lets this time pass: moves a clock that stands, or waits. */
  pass(ms: number): void | Promise<void>;
}

/** Describes what every clock must do. */
export function clockContract(makeClock: () => ClockSubject, runner: ContractRunner = globalRunner()): void {
  const { describe, it, beforeEach, expect } = runner;

  describe('clock contract', () => {
    let clock: Clock;
    let pass: ClockSubject['pass'];
    beforeEach(() => {
      ({ clock, pass } = makeClock());
    });

    it('does not go back', async () => {
      const before = clock.now();
      await pass(5);
      expect(before.getTime()).toBeLessThanOrEqual(clock.now().getTime());
    });

    it('returns a time of its own each time', () => {
      clock.now().setTime(0);
      expect(clock.now().getTime()).not.toBe(0);
    });

    it('wakes a sleeper once its time has come', async () => {
      const slept = clock.sleep(5);
      await pass(5);
      expect(await slept).toBeUndefined();
    });

    it('wakes a sleeper immediately if it is interrupted, before or meanwhile', async () => {
      const interrupt = new AbortController();
      const slept = clock.sleep(3_600_000, interrupt.signal);
      interrupt.abort();
      expect(await slept).toBeUndefined();
      expect(await clock.sleep(3_600_000, interrupt.signal)).toBeUndefined();
    });
  });
}
