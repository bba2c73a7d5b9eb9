import { freshDatabase, type FreshDatabase } from '../support/database';
import { ofManyOrgs, ofOneOrg, type HotQuery } from './data-set/hot-queries';
import { Installation } from './data-set/installation';
import { makeDataSet } from './data-set/make-data-set';
import { PlanLog, type Plan } from './data-set/plan-log';
import { sampleOf, type Sample } from './data-set/sample';
import { showSizes, sizesOf } from './data-set/sizes';

/** Fewer for a quick look. */
const ORGS = Number(process.env.BENCH_ORGS ?? 100_000);
/** A table of fewer rows may be read as a whole. */
const BIG = 10_000;

/** Measures how much the hot queries read in a database of 100,000 orgs and 5 million versions. */
export async function run(): Promise<boolean> {
  const database = await filled();
  const plans = new PlanLog();
  const installation = await Installation.open(database.ownerUrl, plans);
  try {
    const sizes = await sizesOf(database.ownerUrl);
    showSizes(sizes);
    const big = new Set(sizes.filter(({ rows }) => rows > BIG).map(({ table }) => table));
    const [biggest, middle] = [
      await sampleOf(installation, 1),
      await sampleOf(installation, Math.ceil(ORGS / 2)),
    ];
    const of = ({ revision, files }: Sample) => `${revision} changes, ${files} files`;
    let met = await locked(installation, middle);
    for (const { name, sample, queries } of [
      { name: `The biggest org: ${of(biggest)}`, sample: biggest, queries: ofOneOrg },
      { name: `The org in the middle: ${of(middle)}`, sample: middle, queries: ofOneOrg },
      { name: 'Many orgs', sample: middle, queries: ofManyOrgs },
    ]) {
      console.log(`\n${name}`);
      for (const query of queries) {
        const sent = await planned(query, installation, sample, plans);
        met = show(query, sample, sent, big) && met;
      }
    }
    return met;
  } finally {
    await installation.close();
    await database.drop();
  }
}

/** `BENCH_DATA_SET` is the URL of a database that was filled before, and stays. */
async function filled(): Promise<FreshDatabase> {
  const url = process.env.BENCH_DATA_SET;
  if (url) return { url, ownerUrl: url, drop: async () => undefined };
  const database = await freshDatabase();
  await makeDataSet(database.ownerUrl, ORGS, console.log);
  return database;
}

/** Row-level security changes plans: without it these would be others. */
async function locked({ db }: Installation, { org }: Sample): Promise<boolean> {
  const asked = `SELECT row_security_active('context_heads') AS on`;
  const [{ on }] = await db.forOrg(org).query<[{ on: boolean }]>(asked);
  if (!on) console.log('NOT MET: row-level security is not in force');
  return on;
}

/** Sends a query twice, so that the measured one finds its pages in memory. A query that needs much preparation is sent once. */
async function planned(query: HotQuery, installation: Installation, sample: Sample, plans: PlanLog) {
  for (let times = query.given ? 1 : 2; times > 0; times--) {
    await installation.tryOut(async () => {
      await query.given?.(installation);
      plans.clear();
      await query.send(installation, sample);
    });
  }
  const sent = plans.reported;
  if (query.given) await installation.tidy();
  return sent;
}

/** Prints one line: rows read, pages, time, indexes. The faults follow below it. */
function show(query: HotQuery, sample: Sample, sent: readonly Plan[], big: ReadonlySet<string>): boolean {
  const counted = new Set(query.counts);
  const scans = sent.flatMap((plan) => plan.scans);
  const heavy = scans.filter(({ table }) => big.has(table) && !counted.has(table));
  const rows = heavy.reduce((sum, scan) => sum + scan.rows, 0);
  const pages = sent.reduce((sum, plan) => sum + plan.pages, 0);
  const ms = sent.reduce((sum, plan) => sum + plan.ms, 0);
  const by = new Set(scans.map(({ table, index }) => index ?? `all of ${table}`));
  console.log(
    query.what.padEnd(36) +
      `${rows} rows`.padStart(12) +
      `${pages} pages`.padStart(14) +
      `${ms.toFixed(2)} ms`.padStart(12) +
      `  ${[...by].join(', ')}`,
  );
  const most = query.rows(sample);
  const wrong = heavy.filter(({ index }) => index === null).map(({ table }) => `reads all of ${table}`);
  if (rows > most) wrong.push(`at most ${most} rows`);
  for (const what of wrong) console.log(`  NOT MET: ${what}`);
  return wrong.length === 0;
}
