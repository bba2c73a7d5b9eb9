import { EmbeddedPostgres } from '../../apps/server/src/embedded-postgres/embedded-postgres';

/** Started by a test as a process of its own, to be killed. */
async function launch(dataDir: string): Promise<void> {
  const { url } = await EmbeddedPostgres.start({ dataDir, ephemeral: true });
  console.log(url);
  setInterval(() => undefined, 60_000);
}

void launch(process.argv[2]);
