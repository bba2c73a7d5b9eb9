import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** Orders to the crowd's thread, which answers each with a text. */
export type Order =
  | { readonly kind: 'ask' }
  | { readonly kind: 'listen'; readonly run: string; readonly streams: number }
  | { readonly kind: 'rest' };

/** The URL and the token of the crowd's org. */
export interface Place {
  readonly root: string;
  readonly bearer: string;
}

/** The members of one org, in a thread of their own: their work must not delay the thread that measures. */
export class Crowd {
  private readonly thread: Worker;

  constructor(root: string, bearer: string) {
    this.thread = new Worker(require.resolve('./crowd-thread.ts'), {
      workerData: { root, bearer } satisfies Place,
    });
  }

  /** All ask GitLab for something, again and again. */
  async ask(): Promise<void> {
    await this.order({ kind: 'ask' });
  }

  /** One tries to follow a run by so many streams, and keeps those it gets. */
  async listen(run: string, streams: number): Promise<void> {
    await this.order({ kind: 'listen', run, streams });
  }

  /** Ends their work. Returns its results. */
  rest(): Promise<string> {
    return this.order({ kind: 'rest' });
  }

  async leave(): Promise<void> {
    await this.thread.terminate();
  }

  private async order(order: Order): Promise<string> {
    this.thread.postMessage(order);
    const [said] = (await once(this.thread, 'message')) as [string];
    return said;
  }
}
