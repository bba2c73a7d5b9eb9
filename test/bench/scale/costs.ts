import { readFile } from 'node:fs/promises';
import type { Client } from 'pg';
import type { Deployment } from './deployment';

/** Amounts used so far, by their unit. */
type Used = Readonly<Record<string, number>>;

/** Returns the cost of each piece of some work for workers, database and GitLab; `work` returns the number of pieces. */
export async function costsOf(deployment: Deployment, work: () => Promise<number>): Promise<string> {
  const before = await read(deployment);
  const pieces = await work();
  const after = await read(deployment);
  return Object.keys(after)
    .map((what) => `${((after[what] - before[what]) / pieces).toFixed(1)} ${what}`)
    .join(', ');
}

/** Returns the CPU time of workers and database so far. Others who use the machine do not lengthen it. Omits the database if its time is unknown. */
export async function cpuSoFar(deployment: Deployment): Promise<number> {
  return (await cpuOfWorkers(deployment)) + ((await cpuOfDatabase(deployment.database)) ?? 0);
}

async function read(deployment: Deployment): Promise<Used> {
  const { gitlab, database } = deployment;
  const { rows } = await database.query<{ wal: string }>(`SELECT pg_current_wal_insert_lsn() - '0/0' AS wal`);
  const databaseMs = await cpuOfDatabase(database);
  return {
    'requests to GitLab': await gitlab.ask('calls'),
    'ms of CPU in the worker': await cpuOfWorkers(deployment),
    ...(databaseMs !== null && { 'in the database': databaseMs }),
    'KB of WAL': Number(rows[0].wal) / 1024,
  };
}

async function cpuOfWorkers({ workers }: Deployment): Promise<number> {
  const each = await Promise.all(workers.map((worker) => worker.cpuMs()));
  return each.reduce((sum, ms) => sum + ms, 0);
}

const MS_PER_TICK = 10;

/** Returns the CPU time of all its processes, in milliseconds; null if it is unknown: another system than Linux, another host. */
async function cpuOfDatabase(database: Client): Promise<number | null> {
  const { rows } = await database.query<{ pid: number }>('SELECT pid FROM pg_stat_activity');
  try {
    const alive = await Promise.all(rows.map(({ pid }) => ticksOf(pid)));
    const { ticks, ended } = await ticksOf(alive[0].parent);
    return alive.reduce((sum, one) => sum + one.ticks, ticks + ended) * MS_PER_TICK;
  } catch {
    return null;
  }
}

/** `ended` are those of its children that are no more. @throws Error where it is no process of PostgreSQL here */
async function ticksOf(pid: number): Promise<{ parent: number; ticks: number; ended: number }> {
  const [, stat] = (await readFile(`/proc/${pid}/stat`, 'latin1')).split('(postgres) ');
  const fields = stat.split(' ').map(Number);
  const [user, system, childrenUser, childrenSystem] = fields.slice(11, 15);
  return { parent: fields[1], ticks: user + system, ended: childrenUser + childrenSystem };
}
