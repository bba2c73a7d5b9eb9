import { FakeAct } from '@app/audit/testing';
import { answerLater } from '../steps/admin-steps';
import { attempt } from '../steps/dot-steps';
import { sweep } from '../steps/steps';
import { deliver, isFree, wake, work } from './work';
import { PROJECT, type World } from './world';

const MINUTE = 60_000;
const POLL = 30 * MINUTE;
const DAY = 25 * 60 * MINUTE;
const MANY_POINTS = 5_000;
const ROUNDS = 60;
/** A run asks again only if GitLab deleted more meanwhile, and by now GitLab is quiet. */
const MOST_ANSWERS = 2;

/** Nothing is left to do but what a day brings. */
const UNPROVEN = 'not all is compared';

/** Nothing goes wrong any more, what people have to mend is mended, and the sync gets time to come to rest. */
export async function comeToRest(world: World, afterEach: () => Promise<void>): Promise<void> {
  world.calm();
  wake(world, 'all');
  world.clock.advance(POLL);
  await deliver(world);
  await mend(world);
  if (world.restartDue) world.workers[0].actor.state = 'dead';
  let quiet = 0;
  for (let round = 0; quiet < 2; round++) {
    if (round === ROUNDS)
      return void world.failures.push(`it does not come to rest: ${await worries(world)}`);
    await answerQuestions(world);
    await sweep(world);
    await deliver(world);
    await work(world, MANY_POINTS, afterEach);
    const worry = await worries(world);
    quiet = worry === '' ? quiet + 1 : 0;
    world.clock.advance(worry === '' ? POLL : worry === UNPROVEN ? DAY : 6 * MINUTE);
  }
}

/** Does the work of administrators: restores the branch, its rights and every setting. */
async function mend(world: World): Promise<void> {
  const { gitlab, web, org } = world;
  const { id, repository, protections } = gitlab.project(PROJECT);
  const { branch } = await web.projects.requireTarget(org);
  gitlab.archive(id, false);
  gitlab.setPushRules(id, {});
  if (world.publish === 'merge_request') await mendReviews(world, branch);
  for (const { name } of protections) gitlab.unprotect(id, name);
  if (!repository.empty && !repository.head(branch)) gitlab.git.createBranch(id, branch);
  await web.projects.update({ org, autoSync: true, autoPull: true }, new FakeAct());
  await wantFirstSync(world);
  await deliver(world);
}

/** Ends what keeps merge requests from being opened, aimed and merged. */
async function mendReviews({ gitlab, web, org }: World, branch: string): Promise<void> {
  gitlab.jobs.release();
  const { id, repository, mergeRequests } = gitlab.project(PROJECT);
  gitlab.setMerging(id, { mergeRequestsEnabled: true, mergeMethod: 'merge', squashOption: 'default_off' });
  for (const name of ['dot', 'proposals']) if (repository.head(name)) gitlab.git.deleteBranch(id, name);
  const { proposal } = await web.engine.states.load(org);
  const source = proposal?.cycle?.branch;
  for (const request of mergeRequests.values())
    if (request.state === 'opened' && request.source === source && request.target !== branch)
      gitlab.reviewer.edit(id, { target: branch }, request.iid);
}

/** A first sync that a person cancelled waits until it is wanted. */
async function wantFirstSync(world: World): Promise<void> {
  const { web, org } = world;
  const { items } = await web.engine.runs.list(org, { limit: 1 });
  if (items[0]?.kind !== 'initial' || items[0].status !== 'cancelled') return;
  await attempt(world, 'Admin: pull', () => web.engine.request.byPerson(org, 'pull', new FakeAct()));
}

async function answerQuestions(world: World): Promise<void> {
  const { web, org } = world;
  const open = await web.engine.runs.open(org);
  const drawn = world.random.pick(['confirm', 'keep'] as const);
  for (const { id, status } of open) {
    if (status !== 'awaiting_confirmation') continue;
    const { word, times } = world.answers.get(id) ?? { word: drawn, times: 0 };
    world.answers.set(id, { word, times: times + 1 });
    if (times === MOST_ANSWERS) world.failures.push(`run ${id} keeps asking after the answer ${word}`);
    await attempt(world, `Admin: ${word}`, () => web.engine.answer[word](org, id, new FakeAct()));
  }
  if (!open.length) await answerLater(world);
  await deliver(world);
}

/** Returns the reason why the world is not at rest; empty if it is. */
async function worries(world: World): Promise<string> {
  const { web, org, workers, post, wakeQueue } = world;
  const {
    blocked,
    question,
    baseCommit,
    pushedRevision,
    failure,
    inFlight,
    heldRetryAt,
    inspectRetryAt,
    compareAllAt,
    proposal,
  } = await web.engine.states.load(org);
  const open = await web.engine.runs.open(org);
  const { branch } = await web.projects.requireTarget(org);
  const head = world.gitlab.project(PROJECT).repository.head(branch)?.id ?? null;
  const found = {
    busy: workers.some((worker) => !isFree(worker)),
    signals: post.waiting > 0 || wakeQueue.waiting.size > 0,
    [`runs ${open.map(({ kind, status }) => `${kind} ${status}`).join()}`]: open.length > 0,
    [`blocked ${blocked?.code}`]: blocked !== null,
    [`failing ${failure?.code}`]: failure !== null,
    'in flight': inFlight !== null,
    [`question of ${question?.runId}`]: question !== null,
    'held back': heldRetryAt !== null,
    'to be inspected': inspectRetryAt !== null,
    [`base ${baseCommit}, head ${head}`]: baseCommit !== head,
    [UNPROVEN]: compareAllAt !== null || (proposal?.cycle?.compareAllAt ?? null) !== null,
    'a former work branch': proposal !== null && proposal.superseded !== null,
    [`changes after ${pushedRevision}`]: (await web.store.countMadeInDotAfter(org, pushedRevision)) > 0,
  };
  return Object.keys(found)
    .filter((worry) => found[worry])
    .join('; ');
}
