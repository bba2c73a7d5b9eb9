import { setTimeout as pause } from 'node:timers/promises';
import { freshDatabase } from '../support/database';
import { Crowd } from './fairness/crowd';
import { compare } from './fairness/rounds';
import { ask } from './webhooks/ask';
import { Fleet, type Org } from './webhooks/fleet';

/** Fewer for a quick look. */
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 10);
const PULLS = 8;
const READS = 200;
const STREAMS = 600;
const GITLAB_MS = 50;
/** Limit of one GitLab host; far less than the greedy org would like. */
const CALLS_PER_MINUTE = 1_200;
/** Between two pulls: the modest org needs less than its share. */
const BREAK_MS = 300;
const MOST = { pulls: 1.15, reads: 1.2 };
const LOOK_EVERY_MS = 10;
const WAITING = 'awaiting_confirmation';

/** Measures how much one org, or one of its members, can take from the others. */
export async function run(): Promise<boolean> {
  const database = await freshDatabase();
  const fleet = await Fleet.launch(2, database.url, { gitLabCallsPerMinute: CALLS_PER_MINUTE });
  const [greedy, modest] = fleet.orgs;
  const crowd = new Crowd(rootOf(fleet, greedy), greedy.bearer);
  fleet.gitlab.calls.faults.add({ fault: { kind: 'latency', ms: GITLAB_MS }, times: Infinity });
  try {
    const pulls = await compare({
      title: `A pull, beside an org that asks as much as it can (GitLab at ${GITLAB_MS} ms a call, ${CALLS_PER_MINUTE} calls a minute)`,
      ...{ rounds: ROUNDS, most: MOST.pulls, begin: () => crowd.ask(), end: () => crowd.rest() },
      measure: () => repeated(PULLS, () => pullTime(fleet, modest)),
    });
    const endless = await runThatWaits(fleet, greedy);
    const reads = await compare({
      title: `A read, beside ${STREAMS} event streams tried by a member of another org`,
      ...{
        rounds: ROUNDS,
        most: MOST.reads,
        begin: () => crowd.listen(endless, STREAMS),
        end: () => crowd.rest(),
      },
      measure: () => repeated(READS, () => readTime(fleet, modest)),
    });
    await checkWaiting(fleet, greedy, endless);
    return pulls && reads;
  } finally {
    await crowd.leave();
    await fleet.close();
    await database.drop();
  }
}

async function repeated(times: number, measure: () => Promise<number>): Promise<number[]> {
  const all: number[] = [];
  for (let nth = 0; nth < times; nth++) all.push(await measure());
  return all;
}

/** Returns how long a pull of one change takes by its run's own account, in milliseconds. */
async function pullTime(fleet: Fleet, org: Org): Promise<number> {
  await pause(BREAK_MS);
  fleet.push(org, `# Pushed\n\n${performance.now()}\n`);
  const { status, createdAt, finishedAt } = await pulled(fleet, org);
  if (status !== 'succeeded') throw new Error(`a pull ended as ${status}`);
  return Date.parse(finishedAt!) - Date.parse(createdAt);
}

async function readTime(fleet: Fleet, org: Org): Promise<number> {
  const begun = performance.now();
  await ask(`${rootOf(fleet, org)}/context/files/notes/a.md`, { bearer: org.bearer });
  return performance.now() - begun;
}

interface Run {
  readonly id: string;
  readonly status: string;
  readonly createdAt: string;
  readonly finishedAt: string | null;
}

/** Wants a pull, and waits until it has ended or asks a person. */
async function pulled(fleet: Fleet, org: Org): Promise<Run> {
  const runs = `${rootOf(fleet, org)}/gitlab`;
  const { bearer } = org;
  let run = JSON.parse(await ask(`${runs}/pull`, { method: 'POST', bearer })) as Run;
  while (!run.finishedAt && run.status !== WAITING) {
    await pause(LOOK_EVERY_MS);
    run = JSON.parse(await ask(`${runs}/runs/${run.id}`, { bearer })) as Run;
  }
  return run;
}

/** Starts a run whose events never end: GitLab lost all files, and no one confirms that. Any later pull cancels it. */
async function runThatWaits(fleet: Fleet, org: Org): Promise<string> {
  const push = (files: Record<string, string | null>) =>
    fleet.gitlab.git.push(org.projectId, 'main', { files });
  push({ 'notes/b.md': 'b', 'notes/c.md': 'c' });
  await pulled(fleet, org);
  push({ 'notes/a.md': null, 'notes/b.md': null, 'notes/c.md': null });
  const { id, status } = await pulled(fleet, org);
  if (status !== WAITING) throw new Error(`the run is ${status}`);
  return id;
}

/** @throws Error if the run is over: its streams ended, and the figures mean nothing */
async function checkWaiting(fleet: Fleet, org: Org, id: string): Promise<void> {
  const answer = await ask(`${rootOf(fleet, org)}/gitlab/runs/${id}`, { bearer: org.bearer });
  const { status } = JSON.parse(answer) as Run;
  if (status !== WAITING) throw new Error(`the run that was followed is ${status}`);
}

const rootOf = (fleet: Fleet, { name }: Org): string => `${fleet.url('all')}/api/v1/orgs/${name}`;
