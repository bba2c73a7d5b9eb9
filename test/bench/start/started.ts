import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../../support/service';
import { cpuSeconds } from '../comparison/machine';
import { residentMb } from '../hostile/probe';

const ROOT = join(__dirname, '../../..');
const LOOK_MS = 5;
/** Longer than the time for which the young generation stays small. */
const IDLE_MS = 20_000;
const SECRETS = {
  AUTH_JWT_SECRET: randomBytes(32).toString('base64url'),
  SECRETS_KEYS: `one:${randomBytes(32).toString('base64')}`,
};

/** Builds the server, if a source has changed. */
export function buildServer(): void {
  spawnSync(process.execPath, ['apps/run.mjs', 'token', '--help'], {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

/** A process that answers `/health/ready`. */
export class Started {
  private constructor(
    private readonly child: ChildProcess,
    /** Milliseconds from the start of the process to its first answer that it is ready. */
    readonly ms: number,
    /** The processor time of the process until then, without that of a PostgreSQL that it started. */
    readonly cpu: number,
  ) {}

  /** Starts the service as `npm start` does, without the check of packages and sources. */
  static service(env: NodeJS.ProcessEnv): Promise<Started> {
    return Started.launch(['--no-memory-reducer', 'dist/server/main.js'], { ...SECRETS, ...env });
  }

  static bare(databaseUrl: string): Promise<Started> {
    return Started.launch([join(__dirname, 'bare.cjs')], { DATABASE_URL: databaseUrl });
  }

  private static async launch(args: readonly string[], more: NodeJS.ProcessEnv): Promise<Started> {
    const port = await freePort();
    const { PATH, LD_LIBRARY_PATH } = process.env;
    const env = { PATH, LD_LIBRARY_PATH, PORT: String(port), ...more };
    spawnSync('sync'); // a new PostgreSQL would also wait for what others have written
    const begun = performance.now();
    const child = spawn(process.execPath, args, { cwd: ROOT, env, stdio: ['ignore', 'ignore', 'inherit'] });
    while (!(await isReady(port))) {
      if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}`);
      await pause(LOOK_MS);
    }
    return new Started(child, performance.now() - begun, await cpuSeconds(child.pid!));
  }

  /** The resident memory after some time without work. */
  async idleMb(): Promise<number> {
    await pause(IDLE_MS);
    return residentMb(this.child.pid!);
  }

  async stop(): Promise<void> {
    const exited = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    await exited;
  }
}

const isReady = (port: number): Promise<boolean> =>
  fetch(`http://127.0.0.1:${port}/health/ready`).then(
    ({ ok }) => ok,
    () => false,
  );
