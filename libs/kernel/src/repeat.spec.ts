import { DatabaseUnavailable, ManualClock, repeat } from '@app/kernel';

describe('repeat', () => {
  it('tells what went wrong, but for the database being away, and goes on', async () => {
    const clock = new ManualClock();
    const stopping = new AbortController();
    const failures = [new Error('first'), new DatabaseUnavailable('second'), new Error('third')];
    const told: unknown[] = [];
    let turns = 0;
    const work = async () => {
      const failure = failures[turns++];
      if (failure) throw failure;
      stopping.abort();
    };
    const series = repeat(clock, 1000, stopping.signal, work, (error) => told.push(error));
    for (let turn = 1; turn <= 4; turn++) {
      await new Promise(setImmediate);
      expect(turns).toBe(turn);
      clock.advance(1000);
    }
    await series;
    expect(told).toEqual([failures[0], failures[2]]);
    expect(turns).toBe(4);
  });
});
