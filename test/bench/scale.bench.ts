import { comparePlainQueue, measureFairness } from './scale/fairness';
import { measurePrices } from './scale/prices';
import { measureTwoWorkers } from './scale/two-workers';

/** Fewer for a quick look. */
const ORGS = Number(process.env.BENCH_ORGS ?? 10_000);

/** Many orgs on PostgreSQL and Redis: does one of them keep the others waiting, and do more workers do more? */
export async function run(): Promise<boolean> {
  const fair = await measureFairness(ORGS);
  await comparePlainQueue(Math.ceil(ORGS / 10));
  await measurePrices(Math.ceil(ORGS / 20));
  const grows = await measureTwoWorkers(Math.ceil(ORGS / 25));
  return fair && grows;
}
