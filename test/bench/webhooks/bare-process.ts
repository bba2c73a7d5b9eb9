import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { BareSettings } from './bare';

const RUN_TYPESCRIPT = join(__dirname, '../../support/run-typescript.cjs');

/** The bare handlers in a process of their own. */
export class BareProcess {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
  ) {}

  static async start(settings: BareSettings): Promise<BareProcess> {
    const child = fork(join(__dirname, 'bare.ts'), { execArgv: ['--require', RUN_TYPESCRIPT] });
    child.send(settings);
    const [url] = (await once(child, 'message')) as [string];
    return new BareProcess(child, url);
  }

  async stop(): Promise<void> {
    const exited = once(this.child, 'exit');
    this.child.kill();
    await exited;
  }
}
