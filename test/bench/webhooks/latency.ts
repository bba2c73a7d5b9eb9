import { EventEmitter, once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { ask } from './ask';
import type { Fleet, Org } from './fleet';

/** Someone who takes deliveries and lets the texts be read. */
export interface Receiver {
  deliverTo(org: Org): string;
  read(org: Org): Promise<string>;
}

const PATIENCE_MS = 20_000;
/** More than the rounds fill. */
const SEGMENTS = 4;

/** Reports when something was committed for an org, so that the bench need not ask again and again. */
export class Watch {
  private readonly commits = new EventEmitter().setMaxListeners(0);

  private constructor(private readonly client: Client) {
    client.on('notification', ({ payload = '' }) => this.commits.emit(payload));
  }

  static async over(databaseUrl: string, tables: readonly string[]): Promise<Watch> {
    const client = new Client(databaseUrl);
    await client.connect();
    await client.query(
      `CREATE FUNCTION tell_bench() RETURNS trigger LANGUAGE plpgsql
           AS $$ BEGIN PERFORM pg_notify('written', new.org); RETURN NULL; END $$`,
    );
    for (const table of tables) {
      await client.query(
        `CREATE TRIGGER tell_bench AFTER INSERT OR UPDATE ON ${table} FOR EACH ROW EXECUTE FUNCTION tell_bench()`,
      );
    }
    await client.query('LISTEN written');
    return new Watch(client);
  }

  /** @throws AbortError where nothing is written in time */
  async next({ name }: Org, signal: AbortSignal): Promise<void> {
    await once(this.commits, name, { signal });
  }

  /**
   * Makes PostgreSQL use old segments of the write-ahead log again, as a database does that has been at work for a while.
   * A new database creates each segment of 16 MB first, while all commits wait.
   */
  async reuseLog(): Promise<void> {
    for (let segment = 0; segment < SEGMENTS; segment++) {
      await this.client.query(`SELECT pg_logical_emit_message(false, 'bench', 'next'), pg_switch_wal()`);
    }
    await this.client.query('CHECKPOINT');
  }

  close(): Promise<void> {
    return this.client.end();
  }
}

/**
 * Pushes at a steady rate, org by org, and reports each by webhook. Returns how long it takes until the new text is read, in
 * milliseconds. The next push does not wait for the one before.
 */
export async function measureLatency(
  fleet: Fleet,
  watch: Watch,
  receiver: Receiver,
  { perSecond, seconds }: { readonly perSecond: number; readonly seconds: number },
): Promise<number[]> {
  const begun = performance.now();
  const arrivals: Promise<number>[] = [];
  for (let number = 0; number < perSecond * seconds; number++) {
    await pause(begun + (number * 1000) / perSecond - performance.now());
    arrivals.push(arrival(fleet, watch, receiver, fleet.orgs[number % fleet.orgs.length]));
  }
  return Promise.all(arrivals);
}

async function arrival(fleet: Fleet, watch: Watch, receiver: Receiver, org: Org): Promise<number> {
  const begun = performance.now();
  const { headers, body } = fleet.push(org, textOf(begun));
  const inTime = AbortSignal.timeout(PATIENCE_MS);
  let written = watch.next(org, inTime);
  await ask(receiver.deliverTo(org), { method: 'POST', headers, body });
  for (;;) {
    await written;
    written = watch.next(org, inTime);
    written.catch(() => undefined); // perhaps it is never awaited
    if (timeOf(await receiver.read(org)) >= begun) return performance.now() - begun;
  }
}

/** Returns the value that this share of all values does not exceed. */
export function partOf(values: readonly number[], share: number): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length * share)];
}

const textOf = (time: number) => `# Pushed\n\n${time}\n`;
const timeOf = (text: string) => Number(text.split('\n')[2]);
