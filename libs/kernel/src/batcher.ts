import { DatabaseUnavailable } from './database-unavailable';

interface Waiting<Item, Result> {
  readonly item: Item;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Does the same work for many at once: what is asked while a batch is under way waits, and goes together in the next one. Under
 * load a round trip is then shared by many; without load nobody waits.
 */
export class Batcher<Item, Result> {
  private waiting: Waiting<Item, Result>[] = [];
  private busy = false;

  /** `work` answers one result per item, in their order; at most `most` items at a time. */
  constructor(
    private readonly work: (items: readonly Item[]) => Promise<readonly Result[]>,
    private readonly most: number,
  ) {}

  /** What `work` makes of the item. @throws what `work` throws, for each item of the batch; an outage for all that wait as well */
  do(item: Item): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ item, resolve, reject });
      if (!this.busy) void this.drain();
    });
  }

  private async drain(): Promise<void> {
    this.busy = true;
    while (this.waiting.length) await this.workOn(this.waiting.splice(0, this.most));
    this.busy = false;
  }

  private async workOn(batch: readonly Waiting<Item, Result>[]): Promise<void> {
    try {
      const results = await this.work(batch.map(({ item }) => item));
      batch.forEach(({ resolve }, index) => resolve(results[index]));
    } catch (error) {
      const behind = error instanceof DatabaseUnavailable ? this.waiting.splice(0) : []; // they would wait to hear the same
      for (const { reject } of [...batch, ...behind]) reject(error);
    }
  }
}
