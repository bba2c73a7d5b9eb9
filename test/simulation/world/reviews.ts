import { FakeAct } from '@app/audit/testing';
import type { MergeRequest } from '@app/fake-gitlab';
import type { Audit } from '../checks/audit';
import { checkProposal, settledPaths } from '../checks/proposal';
import { attempt, edit } from '../steps/dot-steps';
import { act, resolve } from '../steps/review-steps';
import { comeToRest } from './calm';
import { PROJECT, type World } from './world';

/** A merge may leave something out, and the undone change of a discard is proposed again. */
const MOST_REVIEWS = 6;

/** Reviewers end each merge request, and admins decide about each refusal, until nothing is proposed. */
export async function concludeReviews(world: World, audit: Audit): Promise<void> {
  for (let reviews = 0; !world.failures.length; reviews++) {
    world.failures.push(...(await checkProposal(world, audit)));
    const { proposal } = await world.web.engine.states.load(world.org);
    const request = world.gitlab.project(PROJECT).mergeRequests.get(proposal?.mergeRequest?.iid ?? 0);
    const open = request?.state === 'opened' && proposal?.cycle ? request : null;
    if (world.failures.length || (!open && !proposal?.refusal)) return;
    if (reviews === MOST_REVIEWS)
      return void world.failures.push(`something is proposed after ${reviews} reviews`);
    if (open) await accept(world, audit, open);
    else await answerRefusal(world, audit, reviews);
  }
}

/** Merges; by then Dot has what the branch will have, so that nothing may change in Dot. */
async function accept(world: World, audit: Audit, request: MergeRequest): Promise<void> {
  const { random, gitlab } = world;
  const { iid, title } = request;
  const before = await filesInDot(world);
  const isSettled = await settledPaths(world, audit);
  if (/draft/i.test(title))
    act(world, `make !${iid} ready`, () => gitlab.reviewer.edit(PROJECT, { title: 'Ready' }, iid));
  gitlab.setMerging(PROJECT, {
    mergeMethod: random.pick(['merge', 'rebase_merge', 'ff'] as const),
    automaticRebase: true,
  });
  const merge = (squash: boolean) =>
    act(world, `merge !${iid}, squash ${squash}`, () => gitlab.reviewer.merge(PROJECT, iid, { squash }));
  const merged = merge(random.chance(0.5)) || merge(true) || (resolve(world, request) && merge(true));
  // Some branches cannot be merged, because people rewrote them. The next one starts from the target.
  if (!merged)
    act(world, `delete the branch of !${iid}`, () => gitlab.reviewer.deleteSourceBranch(PROJECT, iid));
  await comeToRest(world, () => audit.look());
  if (merged) compare(world, before, await filesInDot(world), `the merge of !${iid}`, isSettled);
}

async function answerRefusal(world: World, audit: Audit, reviews: number): Promise<void> {
  const { random, org, web } = world;
  const before = await filesInDot(world);
  const decide = (intent: 'propose' | 'discard') =>
    attempt(world, `Admin: ${intent}`, () => web.engine.decide.execute(org, intent, new FakeAct()));
  const how = random.weighted({ propose: 2, edit: 1, discard: 1, 'discard and undo': reviews ? 0 : 2 });
  if (how === 'edit') await edit(world);
  else await decide(how === 'propose' ? 'propose' : 'discard');
  await comeToRest(world, () => audit.look());
  if (how !== 'discard and undo') return;
  const { items } = await web.engine.runs.list(org, { limit: 20 });
  const run = items.find(({ intent }) => intent === 'discard');
  if (!run) return;
  await attempt(world, 'Dot: undo the discard', () =>
    web.files.undo(org, run.id, { author: { name: 'Ada', email: 'ada@example.com' }, origin: 'user' }),
  );
  compare(world, before, await filesInDot(world), 'the undone discard');
  await comeToRest(world, () => audit.look());
}

async function filesInDot({ web, org }: World): Promise<ReadonlyMap<string, string>> {
  const { files } = await web.store.snapshot(org);
  return new Map([...files].map(([path, { blob }]) => [path, blob]));
}

function compare(
  { failures }: World,
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
  what: string,
  isSettled: (path: string) => boolean = () => true,
): void {
  for (const path of new Set([...before.keys(), ...after.keys()]))
    if (isSettled(path) && before.get(path) !== after.get(path))
      failures.push(`${what} changed ${path} in Dot`);
}
