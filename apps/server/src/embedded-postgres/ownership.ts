import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { DataDirInUse } from './embedded-postgres.errors';

/** A method that @types/pg leaves out: the process may end while the session is open. */
type Unrefable = Client & { unref(): void };

const OWNER = 4_715_020_312;
/** The session of a killed owner ends a moment later. */
const RETRIES = { tries: 10, ms: 100 };

/**
 * Proves that only this process uses the database: PostgreSQL releases the lock when the process ends, in any way.
 */
export class Ownership {
  private constructor(private readonly session: Client) {}

  /** @throws DataDirInUse */
  static async take(url: string, dataDir: string): Promise<Ownership> {
    const session = new Client({
      connectionString: url,
      application_name: 'dot-gitlab-sync owner',
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
    });
    session.on('error', () => undefined); // 'end' follows, and carries all there is to know
    try {
      await session.connect();
      await lock(session, dataDir);
    } catch (error) {
      await session.end().catch(() => undefined);
      throw error;
    }
    (session as Unrefable).unref();
    return new Ownership(session);
  }

  onLost(react: () => void): void {
    this.session.once('end', react);
  }
}

async function lock(session: Client, dataDir: string): Promise<void> {
  for (let attempt = 0; attempt < RETRIES.tries; attempt++) {
    const { rows } = await session.query<{ taken: boolean }>('SELECT pg_try_advisory_lock($1) AS taken', [
      OWNER,
    ]);
    if (rows[0].taken) return;
    await sleep(RETRIES.ms);
  }
  throw new DataDirInUse(dataDir);
}
