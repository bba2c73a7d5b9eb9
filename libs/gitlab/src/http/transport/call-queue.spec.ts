import { ManualClock } from '@app/kernel';
import { LONGEST_PAUSE_MS } from '../retry';
import { CallQueue } from './call-queue';

/** A queue whose budget makes calls wait for the given times. */
function givenLine() {
  const clock = new ManualClock();
  const budget = { wait: 0, asked: 0 };
  let empty = 0;
  const line = new CallQueue(
    async () => (budget.asked++, budget.wait),
    clock,
    () => void empty++,
  );
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  return { line, clock, budget, turn, emptied: () => empty };
}

describe('The line of an org before the budget', () => {
  it('lets calls pass while there is budget', async () => {
    const { line, emptied } = givenLine();
    await Promise.all([line.pass(undefined), line.pass(undefined)]);
    expect(emptied()).toBe(1);
  });

  it('asks for the first call only, and lets calls pass in their order', async () => {
    const { line, clock, budget, turn } = givenLine();
    budget.wait = 100;
    const passed: number[] = [];
    const calls = [1, 2, 3].map((call) => line.pass(undefined).then(() => passed.push(call)));
    await turn();
    expect(budget.asked).toBe(1);
    budget.wait = 0;
    clock.advance(100);
    await Promise.all(calls);
    expect(passed).toEqual([1, 2, 3]);
  });

  it('refuses a call that would wait too long, immediately and with the time to retry', async () => {
    const { line, budget } = givenLine();
    budget.wait = 40_000;
    await expect(line.pass(undefined)).rejects.toMatchObject({
      code: 'rate_limited',
      by: 'dot',
      retryAfterMs: 40_000,
    });
  });

  it('refuses a call that waited as long as it may', async () => {
    const { line, clock, budget, turn } = givenLine();
    budget.wait = 2_000;
    const call = line.pass(undefined).catch((error: unknown) => error);
    await turn();
    clock.advance(2_000);
    expect(await call).toMatchObject({ by: 'dot', retryAfterMs: LONGEST_PAUSE_MS });
  });

  it('ends a call whose signal aborts, with its reason', async () => {
    const { line, clock, budget, turn, emptied } = givenLine();
    budget.wait = 100;
    const controller = new AbortController();
    const first = line.pass(controller.signal);
    const second = line.pass(undefined);
    await turn();
    const reason = new Error('cancelled');
    controller.abort(reason);
    await expect(first).rejects.toBe(reason);
    await expect(line.pass(controller.signal)).rejects.toBe(reason);
    budget.wait = 0;
    clock.advance(100);
    await second;
    expect(emptied()).toBe(1);
  });

  it('hands on what goes wrong with the budget', async () => {
    const broken = new CallQueue(
      () => Promise.reject(new Error('broken')),
      new ManualClock(),
      () => undefined,
    );
    await expect(broken.pass(undefined)).rejects.toThrow('broken');
  });
});
