import { setTimeout as wait } from 'node:timers/promises';
import { ManualClock, SystemClock } from '@app/kernel';
import { clockContract } from '@app/kernel/testing';

describe('ManualClock', () => {
  clockContract(() => {
    const clock = new ManualClock();
    return { clock, pass: (ms) => clock.advance(ms) };
  });
});

describe('SystemClock', () => {
  clockContract(() => ({ clock: new SystemClock(), pass: (ms) => wait(ms) }));
});
