import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const RUN_TYPESCRIPT = join(__dirname, '../../support/run-typescript.cjs');

/** A program in a process of its own that takes its settings as one message and answers with its URL. */
export class Forked {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
  ) {}

  static async start(program: string, settings: object): Promise<Forked> {
    const child = fork(join(__dirname, '..', program), { execArgv: ['--require', RUN_TYPESCRIPT] });
    child.send(settings);
    const [url] = (await once(child, 'message')) as [string];
    return new Forked(child, url);
  }

  get pid(): number {
    return this.child.pid!;
  }

  async stop(): Promise<void> {
    const exited = once(this.child, 'exit');
    this.child.kill();
    await exited;
  }
}
