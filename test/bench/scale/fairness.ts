import { cpuSoFar } from './costs';
import { Deployment, type Group, type Times } from './deployment';

const MOST_DELAY = 1.15;
/** As many as a worker takes on by default. */
const AT_A_TIME = 16;

const WITHOUT_BOUND = '../bench/scale/plain-worker.ts';

/** Time until the last of the small orgs had its change on GitLab, in milliseconds. */
interface Drain {
  readonly wall: number;
  readonly cpu: number;
}

/**
 * Small orgs with a change each, drained by one worker: how much longer do they take behind an org that put in half as many
 * first? There and back, so that a machine that grows slower or faster meanwhile counts for both.
 */
export async function measureFairness(orgs: number): Promise<boolean> {
  const deployment = await Deployment.start();
  try {
    await deployment.startWorker(AT_A_TIME);
    const small = await deployment.found('small', orgs);
    console.log(`${orgs} orgs with a change each, one worker, ${AT_A_TIME} orgs at a time`);
    const alone = [await drain(deployment, small)];
    const among = [await drainBehind(deployment, small), await drainBehind(deployment, small)];
    alone.push(await drain(deployment, small));
    const delay = total(among).wall / total(alone).wall;
    console.log(`  ${ratios(total(among), total(alone))}; at most ${MOST_DELAY}\n`);
    return delay <= MOST_DELAY;
  } finally {
    await deployment.stop();
  }
}

/** The strictest case, one org at a time, beside a worker that stays with an org until all its changes are made. */
export async function comparePlainQueue(orgs: number): Promise<void> {
  const deployment = await Deployment.start();
  try {
    const fair = await deployment.startWorker(1);
    const small = await deployment.found('small', orgs);
    console.log(`${orgs} orgs with a change each, one worker, one org at a time`);
    const alone = await drain(deployment, small);
    const among = await drainBehind(deployment, small);
    await deployment.stopWorker(fair);
    await deployment.startWorker(1, WITHOUT_BOUND);
    console.log('  and with a worker that takes work off a plain queue');
    const plain = await drainBehind(deployment, small);
    console.log(`  ${ratios(among, alone)}; of the plain queue ${ratios(plain, alone)}\n`);
  } finally {
    await deployment.stop();
  }
}

async function drain(deployment: Deployment, small: Group): Promise<Drain> {
  await deployment.hold([{ group: small, changes: 1 }]);
  const { times, cpu } = await release(deployment, small);
  console.log(`  by themselves               ${timesText(times, cpu)}`);
  return { wall: lasted(times), cpu };
}

/** The same where another org was first. */
async function drainBehind(deployment: Deployment, small: Group): Promise<Drain> {
  const changes = Math.round(small.orgs.length / 2);
  const big = await deployment.found('big', 1);
  await deployment.hold([
    { group: big, changes },
    { group: small, changes: 1 },
  ]);
  const { times, cpu } = await release(deployment, small);
  const [{ project }] = big.orgs;
  const made = (await deployment.gitlab.ask('commitsAt', project.id, times.begun + lasted(times))) - 1;
  await deployment.dismiss(big);
  console.log(
    `  behind one with ${`${changes}`.padEnd(12)}${timesText(times, cpu)}; ${made} of its changes by then`,
  );
  return { wall: lasted(times), cpu };
}

async function release(deployment: Deployment, small: Group): Promise<{ times: Times; cpu: number }> {
  const before = await cpuSoFar(deployment);
  const times = await deployment.release(small);
  return { times, cpu: (await cpuSoFar(deployment)) - before };
}

function timesText(times: Times, cpu: number): string {
  const half = times.done[Math.floor(times.done.length / 2)] - times.begun;
  return `half done after ${seconds(half)}, the slowest after ${seconds(lasted(times))} (${seconds(cpu)} of CPU)`;
}

const lasted = ({ begun, done }: Times) => done[done.length - 1] - begun;

const total = (drains: readonly Drain[]): Drain =>
  drains.reduce((sum, { wall, cpu }) => ({ wall: sum.wall + wall, cpu: sum.cpu + cpu }));

const ratios = (one: Drain, other: Drain) =>
  `ratio ${(one.wall / other.wall).toFixed(2)} (of CPU ${(one.cpu / other.cpu).toFixed(2)})`;

const seconds = (ms: number) => `${(ms / 1000).toFixed(1).padStart(5)} s`;
