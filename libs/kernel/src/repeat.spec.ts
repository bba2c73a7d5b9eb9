import { DatabaseUnavailable, ManualClock, repeat } from '@app/kernel';

describe('repeat', () => {
  it('reports failures other than an unavailable database, and continues', async () => {
    const clock = new ManualClock();
    const stopping = new AbortController();
    const failures = [new Error('first'), new DatabaseUnavailable('second'), new Error('third')];
    const reported: unknown[] = [];
    let turns = 0;
    const work = async () => {
      const failure = failures[turns++];
      if (failure) throw failure;
      stopping.abort();
    };
    const series = repeat(clock, 1000, stopping.signal, work, (error) => reported.push(error));
    for (let turn = 1; turn <= 4; turn++) {
      await new Promise(setImmediate);
      expect(turns).toBe(turn);
      clock.advance(1000);
    }
    await series;
    expect(reported).toEqual([failures[0], failures[2]]);
    expect(turns).toBe(4);
  });
});
