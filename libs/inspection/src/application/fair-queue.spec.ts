import { orgId } from '@app/kernel';
import { InspectionBusy } from '../domain/inspection.errors';
import { MOST_WAITING, FairQueue } from './fair-queue';

const [A, B, C] = ['a', 'b', 'c'].map((name) => orgId(name));

/** Turns whose work lasts until the test ends it. */
class Latches {
  readonly begun: string[] = [];
  private readonly ends = new Map<string, () => void>();

  constructor(private readonly queue: FairQueue) {}

  take(name: string, org = orgId(name[0]), exclusive = false): Promise<boolean> {
    const work = (waited: boolean) =>
      new Promise<boolean>((resolve) => {
        this.begun.push(name);
        this.ends.set(name, () => resolve(waited));
      });
    return this.queue.take(org, work, { exclusive });
  }

  async end(...names: string[]): Promise<void> {
    for (const name of names) this.ends.get(name)?.();
    await settled();
  }
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('turns of orgs', () => {
  it('are one per org and so many in all', async () => {
    const latches = new Latches(new FairQueue(2));
    for (const name of ['a1', 'a2', 'b1', 'c1']) void latches.take(name);
    await settled();
    expect(latches.begun).toEqual(['a1', 'b1']);
    await latches.end('b1');
    expect(latches.begun).toEqual(['a1', 'b1', 'c1']);
  });

  it('go round, however many one org asks for', async () => {
    const latches = new Latches(new FairQueue(1));
    for (const name of ['a1', 'a2', 'a3', 'b1', 'c1']) void latches.take(name);
    await settled();
    for (const name of ['a1', 'b1', 'c1', 'a2']) await latches.end(name);
    expect(latches.begun).toEqual(['a1', 'b1', 'c1', 'a2', 'a3']);
  });

  it('say whether they had to wait', async () => {
    const latches = new Latches(new FairQueue(2));
    const [first, second] = [latches.take('a1'), latches.take('a2')];
    await settled();
    await latches.end('a1');
    await latches.end('a2');
    expect([await first, await second]).toEqual([false, true]);
  });

  it('may be exclusive: others end before it and begin after it', async () => {
    const latches = new Latches(new FairQueue(3));
    void latches.take('a1');
    await settled();
    void latches.take('b1', B, true);
    void latches.take('c1');
    await settled();
    expect(latches.begun).toEqual(['a1']);
    await latches.end('a1');
    expect(latches.begun).toEqual(['a1', 'b1']);
    await latches.end('b1');
    expect(latches.begun).toEqual(['a1', 'b1', 'c1']);
  });

  it('go on after work that fails', async () => {
    const queue = new FairQueue(1);
    const failing = queue.take(A, () => Promise.reject(new Error('failed')));
    const next = queue.take(C, async () => 'done');
    await expect(failing).rejects.toThrow('failed');
    expect(await next).toBe('done');
  });

  it('are refused to an org of which too many wait, and to no other', async () => {
    const latches = new Latches(new FairQueue(2));
    for (let n = 0; n <= MOST_WAITING; n++) void latches.take(`a${n}`);
    await expect(latches.take('a-last')).rejects.toThrow(InspectionBusy);
    void latches.take('b1');
    await settled();
    expect(latches.begun).toEqual(['a0', 'b1']);
  });
});
