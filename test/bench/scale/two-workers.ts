import { Deployment, type Group } from './deployment';

const LEAST_SPEED_UP = 1.8;
const GITLAB_MS = 50;
/** Few enough that these workers wait for GitLab most of the time, and not for the two cores they share with all the rest. */
const AT_A_TIME = 1;

/** Measures how much more two workers do than one, if each waits for GitLab most of the time. */
export async function measureTwoWorkers(orgs: number): Promise<boolean> {
  const deployment = await Deployment.start();
  try {
    console.log(
      `${orgs} orgs with a change each, GitLab at ${GITLAB_MS} ms a call, ${AT_A_TIME} org at a time in each worker: so that\n` +
        `  waiting for GitLab bounds a worker, and not the cores that workers, database and GitLab share here`,
    );
    await deployment.gitlab.ask('answerAfter', GITLAB_MS);
    await deployment.startWorker(AT_A_TIME);
    const group = await deployment.found('small', orgs);
    const rates = { one: [await rate(deployment, group)], two: [] as number[] };
    const second = await deployment.startWorker(AT_A_TIME);
    rates.two.push(await rate(deployment, group), await rate(deployment, group));
    await deployment.stopWorker(second);
    rates.one.push(await rate(deployment, group));
    const [one, two] = [rates.one, rates.two].map(([first, last]) => (first + last) / 2);
    console.log(`  one worker   ${rateText(one)}   (${rates.one.map(rateText).join(', ')})`);
    console.log(`  two workers  ${rateText(two)}   (${rates.two.map(rateText).join(', ')})`);
    console.log(`  ratio        ${(two / one).toFixed(2)}   at least ${LEAST_SPEED_UP}`);
    return two / one >= LEAST_SPEED_UP;
  } finally {
    await deployment.stop();
  }
}

/** Orgs a second. */
async function rate(deployment: Deployment, group: Group): Promise<number> {
  await deployment.hold([{ group, changes: 1 }]);
  const { begun, done } = await deployment.release(group);
  return (done.length * 1000) / (done[done.length - 1] - begun);
}

const rateText = (rate: number) => `${rate.toFixed(1)}/s`;
