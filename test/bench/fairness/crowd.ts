import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** What the crowd's thread is asked to do; each is answered with a text. */
export type Order =
  | { readonly kind: 'ask' }
  | { readonly kind: 'listen'; readonly run: string; readonly streams: number }
  | { readonly kind: 'rest' };

/** Where the crowd's org is. */
export interface Place {
  readonly root: string;
  readonly bearer: string;
}

/** The members of one org, in a thread of their own: what they do must not keep the one that measures from measuring. */
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

  /** Ends what they do. Returns what became of it. */
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
