import type { FileSpec, TeammateCommit } from '@app/fake-gitlab';
import { BRANCHES, PROJECT, type World } from '../world/world';
import { drawBadFile, drawText, OUT_OF_SCOPE, PATHS } from './texts';

const HOUR = 3_600_000;

const heads = (world: World) => world.gitlab.project(PROJECT).repository.branches;

/** The branch that is synced or carries the proposal, seldom another. */
async function drawBranch(world: World): Promise<string> {
  const { random, org, web } = world;
  const target = await web.projects.target(org);
  const work = await workBranch(world);
  if (work !== undefined && random.chance(0.3)) return work;
  return random.chance(0.1) || !target ? random.pick(BRANCHES) : target.branch;
}

/** The branch of the present proposal, if it exists. */
export async function workBranch(world: World): Promise<string | undefined> {
  if (world.publish === 'direct') return undefined;
  const { proposal } = await world.web.engine.states.load(world.org);
  const branch = proposal?.cycle?.branch;
  return branch !== undefined && heads(world).has(branch) ? branch : undefined;
}

/** A teammate's `git push` of one or several commits. */
export async function push(world: World): Promise<void> {
  const branch = await drawBranch(world);
  const commits = [drawCommit(world, branch)];
  while (world.random.chance(0.3)) commits.push(drawCommit(world, branch));
  world.note(`GitLab: push to ${branch}: ${commits.map(titleOf).join('; ')}`);
  world.gitlab.git.push(PROJECT, branch, commits);
}

/** The tree of a commit somebody made before, on top of the branch. */
export async function revertCommit(world: World): Promise<void> {
  const branch = await drawBranch(world);
  if (!heads(world).has(branch)) return;
  const { git } = world.gitlab;
  const to = world.random.pick(git.log(PROJECT, branch)).id;
  const [now, then] = [git.tree(PROJECT, branch), git.tree(PROJECT, to)];
  const paths = [...new Set([...now.keys(), ...then.keys()])].filter(
    (path) => now.get(path)?.id !== then.get(path)?.id && then.get(path)?.mode !== '160000',
  );
  if (!paths.length) return;
  const specs = paths.map((path): [string, FileSpec] => {
    const mode = then.get(path)?.mode;
    return [path, mode && mode !== '040000' ? { mode, content: git.read(PROJECT, to, path)! } : null];
  });
  const files = Object.fromEntries(specs.sort(([, a], [, b]) => Number(b === null) - Number(a === null)));
  world.note(`GitLab: bring ${branch} back to what it was: ${paths.join(', ')}`);
  git.push(PROJECT, branch, { files, message: 'Revert' });
}

/** A merge of a side branch that started some commits ago. */
export async function merge(world: World): Promise<void> {
  const branch = await drawBranch(world);
  if (!heads(world).has(branch)) return;
  const { git } = world.gitlab;
  const start = world.random.pick(git.log(PROJECT, branch).slice(0, 4)).id;
  git.createBranch(PROJECT, 'side', start);
  const commit = drawCommit(world, 'side');
  git.push(PROJECT, 'side', commit);
  git.merge(PROJECT, branch, 'side');
  git.deleteBranch(PROJECT, 'side');
  world.note(`GitLab: merge into ${branch}: ${titleOf(commit)}`);
}

/** Rewrites history: replaces or drops the last commits, or starts over. */
export async function rewrite(world: World): Promise<void> {
  const branch = await drawBranch(world);
  if (!heads(world).has(branch)) return;
  const { random, gitlab } = world;
  const onto = random.pick(gitlab.git.log(PROJECT, branch).slice(0, 5)).id;
  const how = random.weighted({ replace: 3, reset: 3, orphan: 1 });
  const commit = drawCommit(world, how === 'replace' ? onto : null);
  world.note(`GitLab: rewrite ${branch}, ${how}${how === 'reset' ? '' : `: ${titleOf(commit)}`}`);
  if (how === 'reset') return gitlab.git.reset(PROJECT, branch, onto);
  gitlab.git.forcePush(PROJECT, branch, commit, how === 'replace' ? onto : null);
}

export async function deleteBranch(world: World): Promise<void> {
  const branch = await drawBranch(world);
  if (!heads(world).has(branch)) return;
  const head = world.gitlab.git.head(PROJECT, branch);
  world.note(`GitLab: delete ${branch}`);
  world.gitlab.git.deleteBranch(PROJECT, branch);
  if (!heads(world).size) world.gitlab.git.reset(PROJECT, branch === 'main' ? 'next' : 'main', head);
}

export async function deleteMany(world: World): Promise<void> {
  const branch = await drawBranch(world);
  if (!heads(world).has(branch)) return;
  const paths = [...world.gitlab.git.tree(PROJECT, branch).keys()];
  const gone = paths.filter(() => world.random.chance(0.8));
  if (!gone.length) return;
  world.note(`GitLab: delete ${gone.join(', ')} on ${branch}`);
  world.gitlab.git.push(PROJECT, branch, { files: Object.fromEntries(gone.map((path) => [path, null])) });
}

/** Changes the settings of the project, as its administrator does. */
const PUSH_RULES: readonly Parameters<World['gitlab']['setPushRules']>[1][] = [
  {},
  { prohibitedFileNames: /b\.md$/ },
  { blockedContent: /[aeiou][13579]/ },
  { commitMessagePattern: /^(?!Edit)/ },
  { authorEmailPattern: /^(?!ada)/ },
];

export async function administer(world: World): Promise<void> {
  const { random, gitlab } = world;
  const what = random.pick([
    'archive',
    'unarchive',
    'protect',
    'unprotect',
    'move',
    'rename the default branch',
    'collect garbage',
    'set push rules',
  ] as const);
  world.note(`GitLab: ${what}`);
  const { id } = gitlab.project(PROJECT);
  if (what === 'archive' || what === 'unarchive') gitlab.archive(id, what === 'archive');
  if (what === 'protect') gitlab.protect(id, random.pick(BRANCHES), 0);
  if (what === 'unprotect') for (const branch of BRANCHES) gitlab.unprotect(id, branch);
  if (what === 'rename the default branch' && heads(world).has('main'))
    gitlab.git.renameDefaultBranch(id, 'trunk');
  // Git keeps commits for two weeks that no branch reaches: longer than a request lives.
  if (what === 'collect garbage' && !world.stage.isUnderWay('commit')) gitlab.git.collectGarbage(id);
  if (what === 'set push rules') gitlab.setPushRules(id, random.pick(PUSH_RULES));
  if (what === 'move') gitlab.move(id, `ada/context-${random.nextSeed()}`);
}

/** `from`: what the commit will stand on. */
function drawCommit({ random, gitlab }: World, from: string | null): TeammateCommit {
  const known = from !== null && gitlab.project(PROJECT).repository.resolve(from);
  const existing = known ? [...gitlab.git.tree(PROJECT, known.id).keys()] : [];
  const files: Record<string, FileSpec> = {};
  const rename: Record<string, string> = {};
  for (let n = random.int(1, 3); n > 0; n--) {
    const path = random.chance(0.15) ? random.pick(OUT_OF_SCOPE) : random.pick(PATHS);
    const present = existing.length ? random.pick(existing) : path;
    const what = random.weighted({ put: 6, rewrite: 4, delete: 3, rename: 2, bad: 2 });
    if (what === 'put') files[path] = drawText(random);
    if (what === 'bad') files[path] = drawBadFile(random, path);
    if (what === 'rewrite') files[present] = drawText(random);
    if (what === 'delete' && existing.length) files[present] = null;
    if (what === 'rename' && existing.length) rename[present] = path;
  }
  if (!Object.keys(files).length) files[random.pick(PATHS)] = drawText(random);
  const aside = random.chance(0.2) ? random.int(-3, 3) * HOUR : 0;
  const at = new Date(gitlab.clock.now().getTime() + aside);
  return { files, rename, at, message: `Teammate ${random.nextSeed()}` };
}

function titleOf({ files = {}, rename = {} }: TeammateCommit): string {
  const renamed = Object.entries(rename).map(([from, to]) => `rename ${from} to ${to}`);
  const changed = Object.entries(files).map(([path, spec]) => {
    const text = typeof spec === 'string' ? spec : (spec?.valueOf() as { mode?: string })?.mode;
    return `${spec === null ? 'delete' : 'put'} ${path}${spec === null ? '' : ` ${JSON.stringify(text ?? 'bytes').slice(0, 24)}`}`;
  });
  return [...renamed, ...changed].join(', ');
}
