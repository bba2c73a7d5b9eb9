import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { databaseServer, freshDatabase } from '../support/database';
import { testRedisUrl } from '../support/redis';
import { compare, type ComparisonResult, type Contender, type Sample } from './comparison/compare';
import { report } from './comparison/report';
import { bareMb, embeddedMb, imageMb } from './start/installed';
import { buildServer, Started } from './start/started';
import { inFolder } from './sync/peers';

/** Fewer for a quick look. */
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5);
const FRESH = 'a new data directory';
const AGAIN = 'the same directory again';
const DISTRIBUTED = 'on PostgreSQL and Redis';
const IMAGE = 'files of the image';
const BARE = 'Express with pg';

/** Measures the start, and the memory and disk space of the idle service. */
export async function run(): Promise<boolean> {
  buildServer();
  const [stored, bareUrl] = [await freshDatabase(), await databaseServer()];
  try {
    const results = await inFolder(async (folder) => {
      await chmod(folder, 0o711); // the user of the database passes through it
      const embedded = (name: string) => () => Started.service({ DATA_DIR: join(folder, name) });
      const distributed = () =>
        Started.service({ DATABASE_URL: stored.url, REDIS_URL: testRedisUrl(), ALLOW_UNLOCKED_TENANTS: '1' });
      const bare = () => Started.bare(bareUrl);
      const again = embedded('again');
      await started(again);
      let starts = 0;
      return [
        await compare({
          title: 'From the start of the process to ready, with a new private PostgreSQL',
          ...{ unit: 'ms', rounds: ROUNDS, warmUp: false },
          contenders: [contender(FRESH, () => started(embedded(`fresh-${(starts += 1)}`)))],
          target: { ours: FRESH, most: 2_500 },
        }),
        await compare({
          title: 'From the start of the process to ready, once more',
          ...{ unit: 'ms', rounds: ROUNDS },
          contenders: [
            contender(AGAIN, () => started(again)),
            contender(DISTRIBUTED, () => started(distributed)),
            contender(BARE, () => started(bare)),
          ],
          target: { ours: AGAIN, most: 1_200 },
        }),
        await compare({
          title: 'Resident memory of the process, idle for 20 seconds',
          ...{ unit: 'MB', rounds: Math.min(ROUNDS, 3), warmUp: false },
          contenders: [
            contender(AGAIN, () => idle(again)),
            contender(DISTRIBUTED, () => idle(distributed)),
            contender(BARE, () => idle(bare)),
          ],
          target: { ours: AGAIN, most: 120 },
        }),
        await measureInstalled(),
      ];
    });
    return await report('start', results);
  } finally {
    await stored.drop();
  }
}

function measureInstalled(): Promise<ComparisonResult> {
  return compare({
    title: 'Installed for production',
    ...{ unit: 'MB', rounds: 1, warmUp: false },
    contenders: [
      contender(IMAGE, async () => ({
        value: await imageMb(),
        facts: { 'MB more for a private PostgreSQL': await embeddedMb() },
      })),
      contender(BARE, async () => ({ value: await bareMb() })),
    ],
    target: { ours: IMAGE, most: 150 },
  });
}

const contender = (name: string, run: () => Promise<Sample>): Contender => ({ name, run });

async function started(start: () => Promise<Started>): Promise<Sample> {
  const process = await start();
  await process.stop();
  return { value: process.ms, facts: { 's of CPU': process.cpu } };
}

async function idle(start: () => Promise<Started>): Promise<Sample> {
  const process = await start();
  try {
    return { value: await process.idleMb() };
  } finally {
    await process.stop();
  }
}
