import type { Random } from '../random';
import type { Publish } from '@app/project-config';
import { deliver, wake, work } from '../world/work';
import type { World } from '../world/world';
import * as admin from './admin-steps';
import * as dot from './dot-steps';
import * as git from './git-steps';
import * as review from './review-steps';

type Perform = (world: World, afterEach: () => Promise<void>) => Promise<void>;

/** Everything that may happen in every mode, and how often. */
const ALWAYS = {
  work: [40, (world, afterEach) => work(world, world.random.pick([5, 15, 40, 100]), afterEach)],
  wait: [10, wait],
  wake: [6, async (world) => wake(world, 'one')],
  sweep: [6, sweep],
  edit: [18, dot.edit],
  restoreConflict: [2, dot.restoreConflict],
  undoRun: [2, dot.undoRun],
  push: [16, git.push],
  merge: [2, git.merge],
  revertCommit: [2, git.revertCommit],
  rewrite: [4, git.rewrite],
  deleteMany: [3, git.deleteMany],
  deleteBranch: [1, git.deleteBranch],
  administer: [4, git.administer],
  configure: [4, admin.configure],
  reconnect: [1, admin.reconnect],
  startOver: [1, admin.startOver],
  check: [2, admin.check],
  requestRun: [3, admin.requestRun],
  answer: [3, admin.answer],
} as const satisfies Record<string, readonly [number, Perform]>;

/** Adds the events around merge requests. */
const REVIEWS = {
  review: [18, review.review],
  pressMerge: [4, review.merge],
  delayJobs: [3, review.delayJobs],
  administerReviews: [2, review.administer],
  decide: [4, admin.decide],
  publishing: [2, admin.publishing],
} as const satisfies Record<string, readonly [number, Perform]>;

const KINDS = { ...ALWAYS, ...REVIEWS };

export type StepKind = keyof typeof KINDS;

/** The next event; the seed decides the rest, so that a step means the same when others are left out. */
export interface Step {
  readonly kind: StepKind;
  readonly seed: number;
}

const weightsOf = (kinds: Partial<typeof KINDS>) =>
  Object.fromEntries(Object.entries(kinds).map(([kind, [weight]]) => [kind, weight])) as Record<
    StepKind,
    number
  >;

const WEIGHTS = { direct: weightsOf(ALWAYS), merge_request: weightsOf(KINDS) };

export function drawStep(random: Random, publish: Publish): Step {
  return { kind: random.weighted(WEIGHTS[publish]), seed: random.nextSeed() };
}

export async function perform(world: World, kind: StepKind, afterEach: () => Promise<void>): Promise<void> {
  const [, how]: readonly [number, Perform] = KINDS[kind];
  await how(world, afterEach);
  await deliver(world);
  await afterEach();
}

async function wait(world: World): Promise<void> {
  for (const window of world.stage.windows) world.stage.release(window, { kind: 'ok' });
  await world.stage.settled();
  const seconds = world.random.pick([1, 15, 40, 180, 1800]);
  world.note(`${seconds} s pass`);
  world.clock.advance(seconds * 1000);
}

/** Looks for lost wake-ups and due polls, as every process does now and then. */
export async function sweep(world: World): Promise<void> {
  const woken = await world.web.engine.sweeper.sweepOnce();
  world.note(`sweep: ${woken} woken`);
}
