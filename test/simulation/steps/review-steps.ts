import type { MergeRequest } from '@app/fake-gitlab';
import { BRANCHES, PROJECT, type World } from '../world/world';
import { workBranch } from './git-steps';
import { drawText, PATHS } from './texts';

const MERGE_METHODS = ['merge', 'rebase_merge', 'ff'] as const;
const BY_HAND = ['merge', 'squash', 'fast-forward', 'rebase'] as const;

const repositoryOf = ({ gitlab }: World) => gitlab.project(PROJECT).repository;

/** A merge request, mostly an open one. */
function drawRequest({ random, gitlab }: World): MergeRequest | undefined {
  const all = [...gitlab.project(PROJECT).mergeRequests.values()];
  const open = all.filter(({ state }) => state === 'opened');
  if (!all.length) return undefined;
  return random.pick(open.length && random.chance(0.85) ? open : all);
}

/** A person's act; GitLab or git may refuse it. */
export function act(world: World, what: string, perform: () => void): boolean {
  try {
    perform();
    world.note(`GitLab: ${what}`);
    return true;
  } catch (error) {
    const refusal = /^refused: |fast-forward|has conflicts|merge failed|still in conflict/;
    if (!(error instanceof Error) || !refusal.test(error.message)) throw error;
    world.note(`GitLab: ${what}: ${error.message}`);
    return false;
  }
}

/** A reviewer does something with a merge request. */
export async function review(world: World): Promise<void> {
  const { random, gitlab } = world;
  const { reviewer } = gitlab;
  const request = drawRequest(world);
  if (!request) return open(world);
  const { iid, source } = request;
  const what = random.weighted({
    ...{ merge: 4, 'merge by hand': 4, close: 5, reopen: 3, retarget: 1, 'edit the texts of': 1, suggest: 5 },
    ...{ 'resolve the conflicts of': 1, rebase: 2, 'delete the branch of': 2, open: 1 },
  });
  const about = `${what} !${iid} from ${source}`;
  const doing = {
    merge: () => merge(world),
    'merge by hand': () => mergeByHand(world, request),
    close: () => act(world, about, () => reviewer.close(PROJECT, iid)),
    reopen: () => act(world, about, () => reviewer.reopen(PROJECT, iid)),
    retarget: () => retarget(world, request),
    'edit the texts of': () =>
      act(world, about, () => reviewer.edit(PROJECT, { title: drawTitle(world) }, iid)),
    suggest: () => suggest(world, request),
    'resolve the conflicts of': () => resolve(world, request),
    rebase: () => act(world, about, () => reviewer.rebase(PROJECT, iid)),
    'delete the branch of': () => deleteSource(world, about, request),
    open: () => open(world),
  }[what];
  await doing();
}

/** A project whose last branch is deleted could not be mended, so that one stays. */
function deleteSource(world: World, about: string, { iid }: MergeRequest): void {
  if (world.gitlab.project(PROJECT).repository.branches.size > 1)
    act(world, about, () => world.gitlab.reviewer.deleteSourceBranch(PROJECT, iid));
}

const drawTitle = ({ random }: World): string =>
  random.pick(['Better texts', 'Draft: not yet', `Title ${random.nextSeed()}`]);

/** Presses "Merge", with or without a squash. */
export async function merge(world: World): Promise<void> {
  const { random, gitlab } = world;
  const request = drawRequest(world);
  if (!request) return;
  const options = { squash: random.pick([undefined, true, false]) };
  const removeSourceBranch = random.chance(0.2) ? false : undefined;
  act(world, `merge !${request.iid} ${JSON.stringify(options)}`, () =>
    gitlab.reviewer.merge(PROJECT, request.iid, { ...options, removeSourceBranch }),
  );
}

/** Merges with git, sometimes without the newest commit. */
function mergeByHand(world: World, request: MergeRequest): void {
  const { random, gitlab } = world;
  const { iid, source, target } = request;
  const repository = repositoryOf(world);
  const [head, onto] = [repository.head(source), repository.head(target)];
  if (!head || !onto) return;
  const own = [...repository.history.log([head.id], { firstParent: true })].length;
  const leaveOut = random.int(0, Math.min(own - 1, 2));
  const how = random.pick(BY_HAND);
  act(world, `merge !${iid} by hand: ${how}, without ${leaveOut} commits`, () =>
    gitlab.reviewer.mergeByHand(PROJECT, how, { iid, leaveOut }),
  );
}

function retarget(world: World, { iid, source }: MergeRequest): void {
  const target = world.random.pick(BRANCHES);
  if (target === source || !repositoryOf(world).head(target)) return;
  act(world, `aim !${iid} at ${target}`, () => world.gitlab.reviewer.edit(PROJECT, { target }, iid));
}

/** Commits to the source branch on GitLab's page. */
function suggest(world: World, { iid, source }: MergeRequest): void {
  const { random, gitlab } = world;
  if (!repositoryOf(world).head(source)) return;
  const existing = [...gitlab.git.tree(PROJECT, source).keys()];
  const path = existing.length && random.chance(0.7) ? random.pick(existing) : random.pick(PATHS);
  const content = random.chance(0.15) && existing.includes(path) ? null : drawText(random);
  act(world, `suggest ${path} ${JSON.stringify(content)} in !${iid} on ${source}`, () =>
    gitlab.reviewer.commit(PROJECT, { [path]: content }, { iid }),
  );
}

/** Merges the target into the source branch. The texts of the source branch win. */
export function resolve(world: World, { iid, source, target }: MergeRequest): boolean {
  const { git, reviewer } = world.gitlab;
  const repository = repositoryOf(world);
  const [head, onto] = [repository.head(source), repository.head(target)];
  if (!head || !onto) return false;
  const start = repository.history.mergeBase(head.id, onto.id);
  const [before, ours, theirs] = [start?.tree, head.tree, onto.tree].map((tree) =>
    tree === undefined ? new Map() : repository.objects.files(tree),
  );
  const differ = (one: typeof ours, other: typeof ours) => (path: string) =>
    one.get(path)?.id !== other.get(path)?.id;
  const paths = [...new Set([...before.keys(), ...ours.keys(), ...theirs.keys()])]
    .filter(differ(before, ours))
    .filter(differ(before, theirs))
    .filter(differ(ours, theirs));
  const files = Object.fromEntries(paths.map((path) => [path, git.read(PROJECT, source, path)]));
  return act(world, `resolve the conflicts of !${iid}`, () => reviewer.resolveConflicts(PROJECT, files, iid));
}

/** Opens a merge request of the reviewer's own from the work branch. */
async function open(world: World): Promise<void> {
  const source = await workBranch(world);
  const target = await world.web.projects.target(world.org);
  if (source === undefined || !target) return;
  act(world, `open a merge request from ${source}`, () =>
    world.gitlab.reviewer.open(PROJECT, source, target.branch),
  );
}

/** GitLab's jobs wait, so that merge requests lag behind their branches. */
export async function delayJobs({ random, gitlab }: World): Promise<void> {
  if (random.chance(0.5)) gitlab.jobs.hold();
  else gitlab.jobs.release();
}

/** Changes the settings for merge requests, as the project's administrator does. */
export async function administer(world: World): Promise<void> {
  const { random, gitlab } = world;
  const what = random.weighted({ merging: 4, requests: 1, rule: 1, branch: 1 });
  const { repository } = gitlab.project(PROJECT);
  world.note(`GitLab: set ${what}`);
  if (what === 'merging')
    gitlab.setMerging(PROJECT, {
      mergeMethod: random.pick(MERGE_METHODS),
      squashOption: random.pick(['never', 'default_off', 'default_on', 'always'] as const),
      automaticRebase: random.chance(0.5),
    });
  if (what === 'requests') gitlab.setMerging(PROJECT, { mergeRequestsEnabled: random.chance(0.5) });
  if (what === 'rule') gitlab.protect(PROJECT, 'dot/*', 0);
  const name = random.pick(['dot', 'dot/context', 'dot/context-2']);
  const inTheWay = [...repository.branches.keys()].some(
    (other) => other === name || other.startsWith(`${name}/`) || name.startsWith(`${other}/`),
  );
  if (what === 'branch' && !inTheWay && repository.branches.size)
    gitlab.git.createBranch(
      PROJECT,
      name,
      repository.head('main')?.id ?? [...repository.branches.values()][0],
    );
}
