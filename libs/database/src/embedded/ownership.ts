import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { DataDirInUse } from './embedded-postgres.errors';

/** Left out of @types/pg: lets the process end while the session is open. */
type Unrefable = Client & { unref(): void };

const OWNER = 4_715_020_312;
/** The session of an owner that was killed ends a moment after it. */
const PATIENCE = { tries: 10, ms: 100 };

/** Proof that the database is this process's alone: a lock that PostgreSQL lets go when the process is gone, however it ends. */
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
    session.on('error', () => undefined); // 'end' follows, and says all there is to know
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
  for (let attempt = 0; attempt < PATIENCE.tries; attempt++) {
    const { rows } = await session.query<{ taken: boolean }>('SELECT pg_try_advisory_lock($1) AS taken', [
      OWNER,
    ]);
    if (rows[0].taken) return;
    await sleep(PATIENCE.ms);
  }
  throw new DataDirInUse(dataDir);
}
