import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { ServiceShape } from './service-settings';

/** As in `npm start`. */
const AT_START = '--no-memory-reducer';
const RUN_TYPESCRIPT = join(__dirname, 'run-typescript.cjs');
const RUN = join(__dirname, '../../apps/run.mjs');

/** One process of the service. */
export class ServiceProcess {
  private output = '';
  private readonly exited: Promise<[code: number | null, signal: NodeJS.Signals | null]>;

  private constructor(
    private readonly child: ChildProcess,
    private readonly readyText: string,
  ) {
    this.exited = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (data) => (this.output += String(data)));
  }

  /** As tests run it, with settings that no variable reaches. */
  static launch(shape: ServiceShape, program = 'launch-service.ts'): ServiceProcess {
    return ServiceProcess.run(program, { SERVICE_SHAPE: JSON.stringify(shape) }, 'ready');
  }

  /** As operators run it, by environment variables. */
  static main(env: NodeJS.ProcessEnv): ServiceProcess {
    return ServiceProcess.run('../../apps/server/src/main.ts', env, 'listens on');
  }

  /** As `npm start` runs it: builds the bundle if a source has changed. */
  static bundle(env: NodeJS.ProcessEnv): ServiceProcess {
    return ServiceProcess.spawn([RUN, 'server'], env, 'listens on');
  }

  /** Resolves when it is at work. @throws Error if it ends before */
  ready(): Promise<this> {
    return this.prints(this.readyText);
  }

  /** Resolves when it has printed the text. @throws Error if it ends before */
  async prints(text: string): Promise<this> {
    while (!this.output.includes(text)) {
      const ended = await Promise.race([this.exited, once(this.child.stdout!, 'data').then(() => null)]);
      if (ended) throw new Error(`the service ended before it printed "${text}": ${this.output}`);
    }
    return this;
  }

  get pid(): number {
    return this.child.pid!;
  }

  /** All it has printed so far. */
  get printed(): string {
    return this.output;
  }

  /** @returns the exit code, once it has ended by itself */
  async ended(): Promise<number | null> {
    return (await this.exited)[0];
  }

  /** `SIGKILL`: no connection is closed properly. */
  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.exited;
  }

  /** @returns the exit code */
  async stop(): Promise<number | null> {
    this.child.kill('SIGTERM');
    return (await this.exited)[0];
  }

  /** `npm run keys:rotate`: ends by itself. */
  static rotateKeys(env: NodeJS.ProcessEnv): ServiceProcess {
    return ServiceProcess.run('../../apps/server/src/cli/rotate-keys.ts', env, '');
  }

  /** `npm run migrate`: ends by itself. */
  static migrate(env: NodeJS.ProcessEnv): ServiceProcess {
    return ServiceProcess.run('../../apps/server/src/cli/migrate.ts', env, '');
  }

  private static run(program: string, env: NodeJS.ProcessEnv, readyText: string): ServiceProcess {
    return ServiceProcess.spawn(['--require', RUN_TYPESCRIPT, join(__dirname, program)], env, readyText);
  }

  private static spawn(args: readonly string[], env: NodeJS.ProcessEnv, readyText: string): ServiceProcess {
    const options = { env: { ...process.env, ...env }, stdio: 'pipe' } as const;
    return new ServiceProcess(spawn(process.execPath, [AT_START, ...args], options), readyText);
  }
}
