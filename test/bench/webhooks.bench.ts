import { setFlagsFromString } from 'node:v8';
import { freshDatabase, inPublicSchema, withClient } from '../support/database';
import { compare, type ComparisonResult } from './comparison/compare';
import { cpuSeconds } from './comparison/machine';
import { report } from './comparison/report';
import { Forked } from './http/forked';
import { answersPerSecond, endless } from './http/load';
import { ask } from './webhooks/ask';
import { deliveryOf } from './webhooks/delivery-of';
import { Fleet } from './webhooks/fleet';
import { measureLatency, partOf, Watch, type Receiver } from './webhooks/latency';

/** Fewer for a quick look. */
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 4);
/** `latency` or `intake`; both where absent. */
const ONLY = process.env.BENCH_ONLY;
const ORGS = 20;
const GITLAB_MS = 50;
const RATES = [10, 25] as const;
/** Deliveries per round: enough that the slowest hundredth is more than one or two. */
const DELIVERIES = 300;
const WARM_UP_SECONDS = 30;
const LOAD_WARM_UP_SECONDS = 10;
const LOAD = { connections: 32, seconds: 4, status: 202 };
const OURS = 'Dot GitLab Sync';
const MIRROR = 'bare mirror';
const HANDLER = 'bare Express';
const MOST = { median: 1.25, p99: 1.3 };

/** Webhooks, beside the least that can be done for them. */
export async function run(): Promise<boolean> {
  setFlagsFromString('--heap-growing-percent=2000'); // pauses of the bench and its GitLab belong to no contender's latency
  setFlagsFromString('--no-allocation-site-pretenuring');
  const database = await freshDatabase();
  const fleet = await Fleet.launch(ORGS, database.url);
  const bare = await Forked.start('webhooks/bare.ts', {
    ...{ databaseUrl: inPublicSchema(database.ownerUrl), gitlabUrl: fleet.gitlab.url, orgs: fleet.orgs },
  });
  try {
    const latency = ONLY === 'intake' ? [] : await compareLatency(fleet, bare, database.ownerUrl);
    const intake = ONLY === 'latency' ? [] : [await compareIntake(fleet, bare, database.ownerUrl)];
    return await report('webhooks', [...latency, ...intake]);
  } finally {
    await bare.stop();
    await fleet.close();
    await database.drop();
  }
}

async function compareLatency(fleet: Fleet, bare: Forked, ownerUrl: string): Promise<ComparisonResult[]> {
  const watch = await Watch.over(ownerUrl, ['context_files', 'public.bare_texts']);
  const receivers: (Receiver & { readonly name: string; readonly pid: number })[] = [
    {
      ...{ name: OURS, pid: fleet.pid('all') },
      deliverTo: ({ endpointId }) => `${fleet.url('all')}/webhooks/gitlab/${endpointId}`,
      read: ({ name, bearer }) =>
        ask(`${fleet.url('all')}/api/v1/orgs/${name}/context/files/notes/a.md`, { bearer }),
    },
    {
      ...{ name: MIRROR, pid: bare.pid },
      deliverTo: ({ endpointId }) => `${bare.url}/mirror/${endpointId}`,
      read: ({ name }) => ask(`${bare.url}/texts/${name}`),
    },
  ];
  fleet.gitlab.calls.faults.add({ fault: { kind: 'latency', ms: GITLAB_MS }, times: Infinity });
  const results: ComparisonResult[] = [];
  try {
    for (const receiver of receivers)
      await measureLatency(fleet, watch, receiver, { perSecond: 25, seconds: WARM_UP_SECONDS });
    await analyze(ownerUrl);
    await watch.reuseLog();
    for (const perSecond of RATES) {
      const slowest = new Map<string, number[]>(receivers.map(({ name }) => [name, []]));
      const measure = async (receiver: (typeof receivers)[number]) => {
        const before = await cpuSeconds(receiver.pid);
        const seconds = DELIVERIES / perSecond;
        const took = await measureLatency(fleet, watch, receiver, { perSecond, seconds });
        const cpu = (await cpuSeconds(receiver.pid)) - before;
        slowest.get(receiver.name)!.push(partOf(took, 0.99));
        return { value: partOf(took, 0.5), facts: { 'ms of CPU each': (cpu * 1_000) / took.length } };
      };
      const title = `From webhook to readable text, ${perSecond} a second, ${GITLAB_MS} ms for each call of GitLab`;
      const common = { unit: 'ms', rounds: ROUNDS, warmUp: false } as const;
      const target = { ours: OURS, beside: MIRROR };
      results.push(
        await compare({
          ...{ ...common, title: `${title}: median`, target: { ...target, most: MOST.median } },
          contenders: receivers.map((receiver) => ({ name: receiver.name, run: () => measure(receiver) })),
        }),
        await compare({
          ...{ ...common, title: `${title}: slowest hundredth`, target: { ...target, most: MOST.p99 } },
          contenders: receivers.map(({ name }) => ({
            name,
            run: async (round) => ({ value: slowest.get(name)![round] }),
          })),
        }),
      );
    }
  } finally {
    await watch.close();
    fleet.gitlab.calls.faults.clear();
  }
  return results;
}

/** Compares only the intake: workers do the work that it asks for. */
async function compareIntake(fleet: Fleet, bare: Forked, ownerUrl: string): Promise<ComparisonResult> {
  const samples = fleet.orgs.map((org, number) => ({ org, body: fleet.push(org, `${number}\n`).body }));
  await fleet.stop('all');
  const url = await fleet.start('web');
  const next = endless(samples);
  const take = (to: { readonly url: string; readonly path: string }, seconds: number) =>
    answersPerSecond(to.url, { ...LOAD, seconds, next: () => deliveryOf(next(), to.path) });
  const contenders = [
    { name: OURS, url, pid: fleet.pid('web'), path: '/webhooks/gitlab' },
    { name: HANDLER, url: bare.url, pid: bare.pid, path: '/hooks' },
  ];
  for (const contender of contenders) await take(contender, LOAD_WARM_UP_SECONDS);
  await analyze(ownerUrl);
  return compare({
    title: `Deliveries taken, ${LOAD.connections} connections, ${ORGS} orgs`,
    ...{ unit: 'per second', rounds: ROUNDS, warmUp: false },
    contenders: contenders.map((contender) => ({
      name: contender.name,
      run: async () => {
        const before = await cpuSeconds(contender.pid);
        const value = await take(contender, LOAD.seconds);
        const cpu = (await cpuSeconds(contender.pid)) - before;
        return { value, facts: { 'ms of CPU each': (cpu * 1_000) / (value * LOAD.seconds) } };
      },
    })),
    target: { ours: OURS, beside: HANDLER, least: 0.7 },
  });
}

/** Gathers the statistics that PostgreSQL gathers each minute: a plan of the first second suits an empty table. */
function analyze(ownerUrl: string): Promise<void> {
  return withClient(ownerUrl, (client) => client.query('VACUUM ANALYZE'));
}
