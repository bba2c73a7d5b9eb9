import { DatabaseUnavailable } from './database-unavailable';
import { activeTrace, inTrace } from './tracing';

interface Waiting<Item, Result> {
  readonly item: Item;
  readonly trace: string | null;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Batches work: items that arrive while a batch is running go together into the next one. Under load many items share
 * a round trip; without load none waits.
 */
export class Batcher<Item, Result> {
  private waiting: Waiting<Item, Result>[] = [];
  private busy = false;

  /** `work` returns one result per item, in their order, for at most `most` items. */
  constructor(
    private readonly work: (items: readonly Item[]) => Promise<readonly Result[]>,
    private readonly most: number,
  ) {}

  /**
   * Returns the result of `work` for the item.
   * @throws the error of `work`, for each item of the batch; if the database is unavailable, also for all waiting
   * items
   */
  do(item: Item): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ item, trace: activeTrace(), resolve, reject });
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
      // A query shows in one trace: that of the first item.
      const results = await inTrace(batch[0].trace, () => this.work(batch.map(({ item }) => item)));
      batch.forEach(({ resolve }, index) => resolve(results[index]));
    } catch (error) {
      const behind = error instanceof DatabaseUnavailable ? this.waiting.splice(0) : []; // they would fail too
      for (const { reject } of [...batch, ...behind]) reject(error);
    }
  }
}
