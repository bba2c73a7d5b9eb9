import { mkdir, rm } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataDirInUse } from '../../libs/database/src/embedded/embedded-postgres.errors';
import { EmbeddedPostgres } from '../../libs/database/src/embedded/embedded-postgres';

interface Started {
  readonly postgres: EmbeddedPostgres;
  readonly dataDir: string;
}

/** One PostgreSQL for all specs of a run, started when the first of them asks for its address. */
export class TestCluster {
  private started?: Promise<Started>;

  private constructor(private readonly desk: Server) {}

  static async open(): Promise<TestCluster> {
    const desk = createServer();
    const cluster = new TestCluster(desk);
    desk.on('connection', (socket) => {
      cluster.url().then(
        (url) => socket.end(url),
        (error) => socket.destroy(error),
      );
    });
    await new Promise<void>((resolve) => desk.listen(0, '127.0.0.1', resolve));
    return cluster;
  }

  /** Who connects here is told the database's address. */
  get port(): number {
    return (this.desk.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    this.desk.close();
    if (!this.started) return;
    const { postgres, dataDir } = await this.started;
    await postgres.stop();
    await rm(dataDir, { recursive: true });
  }

  private async url(): Promise<string> {
    this.started ??= start();
    return (await this.started).postgres.url;
  }
}

/** The same directories again and again, so that a run that was killed leaves nothing behind for long. */
async function start(): Promise<Started> {
  const checkout = createHash('sha256').update(__dirname).digest('hex').slice(0, 8);
  for (let number = 1; ; number++) {
    const dataDir = join(tmpdir(), `dot-gitlab-sync-test-${checkout}-${number}`);
    try {
      await mkdir(dataDir, { recursive: true });
      return { postgres: await EmbeddedPostgres.start({ dataDir, ephemeral: true }), dataDir };
    } catch (error) {
      if (!(error instanceof DataDirInUse)) throw error;
    }
  }
}
