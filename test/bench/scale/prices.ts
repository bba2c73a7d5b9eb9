import { costsOf } from './costs';
import { Deployment } from './deployment';

/** As many orgs as a worker takes on by default. */
const AT_A_TIME = 16;

/** Measures the cost of each kind of work for a worker, the database and GitLab. */
export async function measurePrices(orgs: number): Promise<void> {
  const deployment = await Deployment.start();
  try {
    await deployment.startWorker(AT_A_TIME);
    const many = await deployment.found('many', orgs);
    const one = await deployment.found('one', 1);
    const price = async (what: string, work: () => Promise<unknown>) =>
      console.log(`  ${what.padEnd(28)}${await costsOf(deployment, () => work().then(() => orgs))}`);

    console.log(`What each of ${orgs} costs`);
    await deployment.hold([{ group: one, changes: orgs }]);
    await price('a change, one org has all', () => deployment.release(one));
    await deployment.hold([{ group: many, changes: 1 }]);
    await price('a change, an org each', () => deployment.release(many));
    await deployment.holdPulls(many);
    await price('a push to GitLab, pulled', () => deployment.release(many));
    await price('a poll of an org at rest', () => deployment.poll(many));
    console.log();
  } finally {
    await deployment.stop();
  }
}
