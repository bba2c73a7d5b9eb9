import { HostLimits } from './host-limits';

describe('HostLimits', () => {
  it('lets so many requests run at a time, each host by itself', async () => {
    const limits = new HostLimits({ concurrency: 2 });
    let open: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (open = resolve));
    const running: string[] = [];
    const start = (host: string) =>
      limits.run(host, undefined, async () => {
        running.push(host);
        await gate;
      });
    const all = [start('a'), start('a'), start('a'), start('b')];
    await new Promise((turn) => setImmediate(turn));
    expect(running.sort()).toEqual(['a', 'a', 'b']);
    open();
    await Promise.all(all);
    expect(running).toHaveLength(4);
  });

  it('gives up a turn when the signal aborts, with its reason', async () => {
    const limits = new HostLimits({ concurrency: 1 });
    const controller = new AbortController();
    let open: () => void = () => undefined;
    const first = limits.run('a', undefined, () => new Promise<void>((resolve) => (open = resolve)));
    const second = limits.run('a', controller.signal, async () => 'ran');
    const reason = new Error('cancelled');
    controller.abort(reason);
    await expect(second).rejects.toBe(reason);
    open();
    await first;
  });

  it('counts each host for itself and says how long to wait', async () => {
    const limits = new HostLimits({ requestsPerMinute: 1 });
    await limits.run('a', undefined, async () => undefined);
    await limits.run('b', undefined, async () => undefined);
    const error = await limits.run('a', undefined, async () => undefined).catch((thrown) => thrown);
    expect(error).toMatchObject({ code: 'rate_limited' });
    expect(error.retryAfterMs).toBeGreaterThan(50_000);
  });
});
