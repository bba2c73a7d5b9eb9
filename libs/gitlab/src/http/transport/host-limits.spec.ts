import { ManualClock, orgId } from '@app/kernel';
import { HostLimits } from './host-limits';

const ACME = { org: orgId('acme'), priority: 'sync' } as const;
const OTHER = { org: orgId('other'), priority: 'sync' } as const;
const PERSON = { org: orgId('acme'), priority: 'interactive' } as const;
const turn = () => new Promise((resolve) => setImmediate(resolve));
const nothing = async () => undefined;

describe('HostLimits', () => {
  it('counts running tasks for each host and priority', async () => {
    const limits = new HostLimits({ concurrency: 1 }, new ManualClock());
    const begun: string[] = [];
    const start = (host: string, payer: typeof ACME | typeof PERSON) =>
      void limits.run(host, payer, undefined, () => {
        begun.push(`${host} ${payer.priority}`);
        return new Promise(() => undefined);
      });
    for (const host of ['a', 'b']) for (const payer of [ACME, ACME, PERSON, PERSON]) start(host, payer);
    await turn();
    expect(begun.sort()).toEqual(['a interactive', 'a sync', 'b interactive', 'b sync']);
  });

  it('serves another org immediately while hundreds of calls of one org are queued', async () => {
    const limits = new HostLimits({}, new ManualClock());
    const flood = Array.from({ length: 560 }, () => limits.run('a', ACME, undefined, nothing).catch(nothing));
    await expect(limits.run('a', OTHER, undefined, async () => 'served')).resolves.toBe('served');
    void flood;
  });

  it('says whose limit it was and how long to wait', async () => {
    const limits = new HostLimits({ requestsPerMinute: 1 }, new ManualClock());
    await limits.run('a', ACME, undefined, nothing);
    await limits.run('b', ACME, undefined, nothing);
    const refusal = limits.run('a', ACME, undefined, nothing);
    await expect(refusal).rejects.toMatchObject({
      code: 'rate_limited',
      by: 'dot',
      retryAfterMs: expect.any(Number),
    });
  });

  it('gives up a call when the signal aborts, with its reason', async () => {
    const limits = new HostLimits({ concurrency: 1 }, new ManualClock());
    const controller = new AbortController();
    void limits.run('a', ACME, undefined, () => new Promise(() => undefined));
    const second = limits.run('a', ACME, controller.signal, async () => 'ran');
    await turn();
    const reason = new Error('cancelled');
    controller.abort(reason);
    await expect(second).rejects.toBe(reason);
  });
});
