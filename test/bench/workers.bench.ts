import { compare, type ComparisonResult } from './comparison/compare';
import { report } from './comparison/report';
import { Deployment, type Group } from './scale/deployment';

/** Fewer for a quick look. */
const ORGS = Number(process.env.BENCH_ORGS ?? 400);
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3);
/** Changes of the org that comes first: as many as half of the others have together. */
const WHALE = Math.round(ORGS / 2);
const GITLAB_MS = 50;
/** Few, so that waiting for GitLab bounds a worker, and not the cores that all processes here share. */
const FEW_AT_A_TIME = 1;
/** As many as a worker takes on by default. */
const USUAL_AT_A_TIME = 16;

/** Many orgs on PostgreSQL and Redis: what a second worker adds, and what one org with many changes takes away. */
export async function run(): Promise<boolean> {
  const results = [await measureSecondWorker()];
  for (const workers of [1, 2]) results.push(await measureWhale(workers));
  return report('workers', results);
}

async function measureSecondWorker(): Promise<ComparisonResult> {
  const deployment = await Deployment.start();
  try {
    await deployment.gitlab.ask('answerAfter', GITLAB_MS);
    await deployment.startWorker(FEW_AT_A_TIME);
    const small = await deployment.found('small', ORGS);
    const rate = async () => ({ value: (ORGS * 1_000) / (await drainMs(deployment, small)) });
    return await compare({
      title: `Orgs with a change each, ${GITLAB_MS} ms per request, one org at a time in each worker`,
      ...{ unit: 'per second', rounds: ROUNDS, warmUp: false },
      contenders: [
        { name: 'one worker', run: rate },
        {
          name: 'two workers',
          run: async () => {
            const second = await deployment.startWorker(FEW_AT_A_TIME);
            const sample = await rate();
            await deployment.stopWorker(second);
            return sample;
          },
        },
      ],
      target: { ours: 'two workers', beside: 'one worker', least: 1.8 },
    });
  } finally {
    await deployment.stop();
  }
}

async function measureWhale(workers: number): Promise<ComparisonResult> {
  const deployment = await Deployment.start();
  const [without, behind] = ['without it', `behind an org with ${WHALE} changes`];
  try {
    for (let worker = 0; worker < workers; worker++) await deployment.startWorker(USUAL_AT_A_TIME);
    const small = await deployment.found('small', ORGS);
    return await compare({
      title: `${ORGS} orgs with a change each, ${workers === 1 ? 'one worker' : 'two workers'}`,
      ...{ unit: 'ms', rounds: ROUNDS },
      contenders: [
        { name: without, run: async () => ({ value: await drainMs(deployment, small) }) },
        {
          name: behind,
          run: async () => {
            const whale = await deployment.found('whale', 1);
            const value = await drainMs(deployment, small, whale);
            await deployment.dismiss(whale);
            return { value };
          },
        },
      ],
      target: { ours: behind, beside: without, most: 1.15 },
    });
  } finally {
    await deployment.stop();
  }
}

/** Returns the time until the last of the small orgs has its change on GitLab. */
async function drainMs(deployment: Deployment, small: Group, whale?: Group): Promise<number> {
  await deployment.hold([...(whale ? [{ group: whale, changes: WHALE }] : []), { group: small, changes: 1 }]);
  const { begun, done } = await deployment.release(small);
  return done[done.length - 1] - begun;
}
