import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EmbeddedPostgres } from '../../apps/server/src/embedded-postgres/embedded-postgres';

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

  /** Sends the database's address to each client that connects. */
  get port(): number {
    return (this.desk.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    this.desk.close();
    const started = await this.started?.catch(() => undefined);
    await started?.postgres.stop();
    if (started) await rm(started.dataDir, { recursive: true });
  }

  private async url(): Promise<string> {
    this.started ??= start();
    return (await this.started).postgres.url;
  }
}

async function start(): Promise<Started> {
  const dataDir = await mkdtemp(join(tmpdir(), 'dot-gitlab-sync-test-'));
  await chmod(dataDir, 0o711);
  return { postgres: await EmbeddedPostgres.start({ dataDir, ephemeral: true }), dataDir };
}
