import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { prepareBinaries } from './binaries';
import { Cluster } from './cluster';
import { databaseUser } from './command';
import { DataDirInUse } from './embedded-postgres.errors';
import { placeHome } from './home';
import { Ownership } from './ownership';

export interface EmbeddedPostgresSettings {
  readonly dataDir: string;
  /** For tests: faster, but a crash of the machine may lose data. */
  readonly ephemeral?: boolean;
}

const SERVICE = 'dot_gitlab_sync_service';

/** A running server may still be starting or stopping. */
const RETRIES = { tries: 40, ms: 250 };

/**
 * A private PostgreSQL from the npm install, for one process at a time. The server outlives a killed process, and the
 * next start finds it. If the server itself is killed, this process starts it again on the same port.
 */
export class EmbeddedPostgres {
  private ownership: Ownership;
  private stopping = false;

  private constructor(
    private readonly dataDir: string,
    private readonly cluster: Cluster,
    private readonly password: string,
    private port: number,
  ) {}

  /** The URL for its owner, a superuser. Stays the same until `stop`. */
  get url(): string {
    return this.urlFor('app');
  }

  /** The URL for the service's user, which has no rights of its own; the migrations create it. */
  get serviceUrl(): string {
    return this.urlFor(SERVICE);
  }

  /** @throws DataDirInUse, EmbeddedPostgresUnavailable */
  static async start({ dataDir, ephemeral = false }: EmbeddedPostgresSettings): Promise<EmbeddedPostgres> {
    const directory = resolve(dataDir);
    const user = databaseUser();
    const home = await placeHome(directory, user);
    const cluster = new Cluster(home, await prepareBinaries(home, user), user, ephemeral);
    const password = await passwordIn(directory);
    await cluster.initialise(password);
    const server = new EmbeddedPostgres(directory, cluster, password, await freePort());
    await server.own();
    return server;
  }

  async stop(): Promise<void> {
    if (this.stopping) return;
    this.stopping = true;
    await this.cluster.stop(); // also ends our session, so that no process takes over a stopping server
  }

  private urlFor(user: string): string {
    return `postgres://${user}:${this.password}@127.0.0.1:${this.port}/postgres`;
  }

  private async own(): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        this.port = await this.serve();
        this.ownership = await Ownership.take(this.url, this.dataDir);
        this.ownership.onLost(() => void this.revive());
        return;
      } catch (error) {
        if (error instanceof DataDirInUse || attempt === RETRIES.tries) throw error;
        await sleep(RETRIES.ms);
      }
    }
  }

  private async serve(): Promise<number> {
    const survivor = await this.cluster.postmaster();
    if (survivor) return survivor.port;
    await this.cluster.start(this.port);
    return this.port;
  }

  /** If this fails too, every query reports it. */
  private async revive(): Promise<void> {
    if (!this.stopping) await this.own().catch(() => undefined);
  }
}

/** Reads the password, which the first start creates. Only its owner can read the file. */
async function passwordIn(dataDir: string): Promise<string> {
  const file = join(dataDir, 'postgres.password');
  await writeFile(file, randomBytes(24).toString('base64url'), { flag: 'wx', mode: 0o600 }).catch((error) => {
    if (error.code !== 'EEXIST') throw error;
  });
  return readFile(file, 'utf8');
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
