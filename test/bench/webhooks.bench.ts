import { setFlagsFromString } from 'node:v8';
import { freshDatabase, inPublicSchema } from '../support/database';
import { ask } from './webhooks/ask';
import { BareProcess } from './webhooks/bare-process';
import { Fleet } from './webhooks/fleet';
import { measureLatency, Watch, type Contender } from './webhooks/latency';
import { measureThroughput } from './webhooks/throughput';

/** Fewer for a quick look. */
const ORGS = Number(process.env.BENCH_ORGS ?? 500);
/** `latency` or `throughput`; both where absent. */
const ONLY = process.env.BENCH_ONLY;
const RATE = { perSecond: 50, seconds: 16 };
const GITLAB_MS = 50;
const ROUNDS = 5;
/** Enough to keep both at work all the time. */
const LOAD = { connections: 256, seconds: 4 };
const MOST_LATENCY = 1.3;
const LEAST_THROUGHPUT = 0.7;

/** Webhooks under load, against the least that can be done, by turns in one run. */
export async function run(): Promise<boolean> {
  setFlagsFromString('--heap-growing-percent=2000'); // pauses of the bench and its GitLab are nobody's latency
  setFlagsFromString('--no-allocation-site-pretenuring');
  const database = await freshDatabase();
  const begun = performance.now();
  const fleet = await Fleet.launch(ORGS, database.url);
  const bare = await BareProcess.start({
    ...{ databaseUrl: inPublicSchema(database.ownerUrl), gitlabUrl: fleet.gitlab.url, orgs: fleet.orgs },
  });
  console.log(`${ORGS} orgs in sync after ${Math.round((performance.now() - begun) / 1000)} s\n`);
  try {
    const latency = ONLY === 'throughput' || (await compareLatency(fleet, bare, database.ownerUrl));
    const throughput = ONLY === 'latency' || (await compareThroughput(fleet, bare));
    return latency && throughput;
  } finally {
    await bare.stop();
    await fleet.close();
    await database.drop();
  }
}

async function compareLatency(fleet: Fleet, bare: BareProcess, ownerUrl: string): Promise<boolean> {
  const watch = await Watch.over(ownerUrl, ['context_files', 'public.bare_texts']);
  const contenders: readonly Contender[] = [
    {
      name: 'bare mirror',
      deliverTo: ({ endpointId }) => `${bare.url}/mirror/${endpointId}`,
      read: ({ name }) => ask(`${bare.url}/texts/${name}`),
    },
    {
      name: 'this service',
      deliverTo: ({ endpointId }) => `${fleet.url('all')}/webhooks/gitlab/${endpointId}`,
      read: ({ name, bearer }) =>
        ask(`${fleet.url('all')}/api/v1/orgs/${name}/context/files/notes/a.md`, { bearer }),
    },
  ];
  fleet.gitlab.calls.faults.add({ fault: { kind: 'latency', ms: GITLAB_MS }, times: Infinity });
  const rounds = new Map<string, number[][]>(contenders.map(({ name }) => [name, []]));
  const measure = (contender: Contender, seconds: number) =>
    measureLatency(fleet, watch, contender, { ...RATE, seconds });
  try {
    for (const contender of contenders) await measure(contender, 20);
    await watch.reuseLog();
    for (let round = 0; round < ROUNDS; round++) {
      for (const contender of contenders)
        rounds.get(contender.name)!.push(await measure(contender, RATE.seconds));
    }
  } finally {
    await watch.close();
  }
  fleet.gitlab.calls.faults.clear();

  console.log(`From webhook to readable text, ${RATE.perSecond}/s, GitLab at ${GITLAB_MS} ms a call`);
  const [of, ours] = contenders.map(({ name }) => {
    const own = rounds.get(name)!;
    const [median, p99] = [0.5, 0.99].map((share) => part(own.flat(), share));
    const byRound = own.map((round) => Math.round(part(round, 0.99))).join(', ');
    console.log(`  ${name.padEnd(14)}median ${ms(median)}   p99 ${ms(p99)}   (by round ${byRound})`);
    return { median, p99 };
  });
  const ratios = [ours.median / of.median, ours.p99 / of.p99];
  console.log(
    `  ratio         median ${ratios[0].toFixed(2)}       p99 ${ratios[1].toFixed(2)}       at most ${MOST_LATENCY}\n`,
  );
  return ratios.every((ratio) => ratio <= MOST_LATENCY);
}

async function compareThroughput(fleet: Fleet, bare: BareProcess): Promise<boolean> {
  const samples = fleet.orgs.map((org, number) => ({ org, body: fleet.push(org, `${number}\n`).body }));
  await fleet.stop('all');
  const web = await fleet.start('web'); // the intake by itself: what it asks for is left to workers
  const contenders = [
    { name: 'bare handler', url: bare.url, path: '/hooks', rates: [] as number[] },
    { name: 'this service', url: web, path: '/webhooks/gitlab', rates: [] as number[] },
  ];
  const load = (path: string, seconds: number) => ({
    ...{ samples, connections: LOAD.connections, seconds },
    pathOf: ({ endpointId }: { endpointId: string }) => `${path}/${endpointId}`,
  });
  for (const { url, path } of contenders) await measureThroughput(url, load(path, 3));
  for (let round = 0; round < 3; round++) {
    for (const { url, path, rates } of contenders)
      rates.push(await measureThroughput(url, load(path, LOAD.seconds)));
  }
  console.log(`Deliveries taken, ${LOAD.connections} connections`);
  const [of, ours] = contenders.map(({ name, rates }) => {
    const median = rates.sort((a, b) => a - b)[1];
    console.log(`  ${name.padEnd(14)}${Math.round(median)}/s   (${rates.map(Math.round).join(', ')})`);
    return median;
  });
  const ratio = ours / of;
  console.log(`  ratio         ${ratio.toFixed(2)}   at least ${LEAST_THROUGHPUT}`);
  return ratio >= LEAST_THROUGHPUT;
}

const part = (values: readonly number[], share: number) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length * share)];
const ms = (value: number) => `${value.toFixed(0)} ms`.padStart(6);
