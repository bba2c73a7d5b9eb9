import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { cpus, loadavg, release, totalmem } from 'node:os';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { databaseServer } from '../../support/database';

/** Circumstances that a figure depends on besides the code. */
export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly memoryGb: number;
  readonly kernel: string;
  readonly node: string;
  readonly postgresql: string;
  readonly git: string;
  /** Processes that want a core, on average of the last five minutes: more than cores, and figures are those of a busy machine. */
  readonly load: number;
}

export async function describeMachine(): Promise<Machine> {
  const { stdout } = await promisify(execFile)('git', ['--version']);
  return {
    processor: cpus()[0].model.trim(),
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    kernel: release(),
    node: process.versions.node,
    postgresql: await postgresVersion(),
    git: stdout.trim().split(' ')[2],
    load: Math.round(loadavg()[1]),
  };
}

async function postgresVersion(): Promise<string> {
  const client = new Client(await databaseServer());
  await client.connect();
  try {
    const { rows } = await client.query<{ server_version: string }>('SHOW server_version');
    return rows[0].server_version;
  } finally {
    await client.end();
  }
}

/** Clock ticks of the kernel in a second, on all machines that run Node. */
const TICKS = 100;

/** The time that a process and its threads spent so far, theirs and the kernel's for them; Linux only. */
export async function cpuSeconds(pid: number): Promise<number> {
  const line = await readFile(`/proc/${pid}/stat`, 'utf8');
  const [user, system] = line
    .slice(line.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 13)
    .map(Number);
  return (user + system) / TICKS;
}

/** Times that all processors spent so far, by the kernel's account; Linux only. */
export class CpuTimes {
  private constructor(
    private readonly total: number,
    private readonly steal: number,
  ) {}

  static async now(): Promise<CpuTimes> {
    const [line] = (await readFile('/proc/stat', 'utf8')).split('\n');
    // user, nice, system, idle, iowait, irq, softirq, steal; guests are part of user.
    const times = line.trim().split(/\s+/).slice(1, 9).map(Number);
    return new CpuTimes(
      times.reduce((sum, time) => sum + time, 0),
      times[7],
    );
  }

  stealPercentSince(before: CpuTimes): number {
    return (100 * (this.steal - before.steal)) / Math.max(1, this.total - before.total);
  }
}
