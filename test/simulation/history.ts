import { NO_COMMIT, type Push } from '@app/fake-gitlab';
import { FakeAct } from '@app/audit/testing';
import { Secret } from '@app/kernel';
import type { Publish, SyncTarget } from '@app/project-config';
import { Audit } from './checks/audit';
import { checkAtRest } from './checks/at-rest';
import { Random } from './random';
import { drawStep, perform, type Step } from './steps/steps';
import { drawText, OUT_OF_SCOPE, PATHS } from './steps/texts';
import { comeToRest } from './world/calm';
import { deliver } from './world/work';
import { concludeReviews } from './world/reviews';
import { PROJECT, World, type Setting } from './world/world';

export interface Outcome {
  readonly failures: readonly string[];
  readonly diary: readonly string[];
}

export function drawSteps(seed: number, publish: Publish): Step[] {
  const random = new Random(seed);
  return Array.from({ length: random.int(10, 50) }, () => drawStep(random, publish));
}

/** Runs one history to its rest, and checks the invariants. */
export async function live(seed: number, steps: readonly Step[], setting: Setting): Promise<Outcome> {
  const world = await World.create(seed, setting);
  const audit = new Audit(world);
  const { failures, diary } = world;
  try {
    await begin(world);
    for (const { kind, seed } of steps) {
      world.random = new Random(seed);
      await perform(world, kind, () => audit.look());
      world.clock.advance(1000);
      if (failures.length) return { failures, diary };
    }
    world.note('--- the storm is over ---');
    await comeToRest(world, () => audit.look());
    if (world.publish === 'merge_request') await concludeReviews(world, audit);
    if (!failures.length) failures.push(...(await checkAtRest(world, audit)));
  } catch (error) {
    failures.push(`the simulation stumbled: ${error instanceof Error ? error.stack : String(error)}`);
  }
  return { failures, diary };
}

/** Files on either side, a connection and a target; nothing is synced yet. */
async function begin(world: World): Promise<void> {
  const { random, gitlab, web, org } = world;
  const some = (paths: readonly string[]) =>
    Object.fromEntries(paths.filter(() => random.chance(0.4)).map((path) => [path, drawText(random)]));
  const { 'notes/d.md/e.md': _, 'notes/d.md/picture.png': __, ...files } = some([...PATHS, ...OUT_OF_SCOPE]);
  const given = random.chance(0.9) ? files : {};
  gitlab.givenProject(PROJECT, Object.keys(given).length ? { files: given } : {});
  const { 'notes/d.md': ___, ...texts } = some(PATHS);
  const edits = Object.entries(texts).map(([path, text]) => ({
    op: 'put' as const,
    path,
    content: Buffer.from(text),
  }));
  const author = { name: 'Ada', email: 'ada@example.com' };
  if (edits.length) await web.files.change(org, edits, { author, origin: 'user' });
  const token = gitlab.givenToken('ada');
  world.tokens.push(token);
  await web.credentials.connect({ org, token: new Secret(token.value) }, new FakeAct());
  await web.projects.configure(
    {
      org,
      projectId: gitlab.project(PROJECT).id,
      branch: 'main',
      onConflict: random.pick(['newest', 'dot', 'gitlab'] as const),
    },
    new FakeAct(),
  );
  await web.projects.update({ org, autoSync: random.chance(0.85) }, new FakeAct());
  if (gitlab.project(PROJECT).repository.head('main')) gitlab.git.createBranch(PROJECT, 'next');
  if (world.publish === 'merge_request') await propose(world);
  world.note(`GitLab has ${Object.keys(given).join(', ')}; Dot has ${Object.keys(texts).join(', ')}`);
  gitlab.pushes.onPush((push) => hear(world, push));
  await deliver(world);
}

/** Lets Dot's changes go to a merge request. Most branches are protected. */
async function propose(world: World): Promise<void> {
  const { random, gitlab, web, org } = world;
  if (random.chance(0.7)) gitlab.protect(PROJECT, 'main', 0, MAINTAINER);
  await web.projects.update(
    { org, publish: 'merge_request', quietSeconds: random.pick([0, 30, 120]) },
    new FakeAct(),
  );
  gitlab.mergeRequests.onEvent(({ mergeRequest: { source } }) => hearOfRequest(world, source));
}

const MAINTAINER = 40;

/** The webhook of a merge request. */
function hearOfRequest({ web, org, post }: World, source: string): void {
  post.send(`webhook of a merge request from ${source}`, async () => {
    if (!isWorkBranch(source, await web.projects.target(org))) return;
    const contexts = await web.sync.webhookContext([org]);
    await web.sync.pushEventsReceived(contexts, { changed: new Map([[org, null]]), echoes: new Set() });
  });
}

/** Branches with a number serve while the name is taken. */
function isWorkBranch(branch: string, target: SyncTarget | null): boolean {
  return target?.publish === 'merge_request' && branch.startsWith(target.workBranch);
}

/** The webhook of a push to the synced branch, or to a work branch. */
function hear(world: World, { branch, before, after }: Push): void {
  const { web, org, post } = world;
  const moved = ![before, after].includes(NO_COMMIT);
  post.send(`webhook ${branch}`, async () => {
    const target = await web.projects.target(org);
    const proposed = isWorkBranch(branch, target);
    if (target?.branch !== branch && !proposed) return;
    const contexts = await web.sync.webhookContext([org]);
    const known = contexts.get(org)?.[proposed ? 'workCommit' : 'baseCommit'];
    const isEcho = moved && known === after;
    const changed = new Map(isEcho ? [] : [[org, moved && !proposed ? after : null]]);
    await web.sync.pushEventsReceived(contexts, { changed, echoes: new Set(isEcho ? [org] : []) });
  });
}
