import { PROJECT, type World } from '../world/world';
import type { Audit } from './audit';
import { isBad } from './equality';
import { GitView, type GitEntry } from './git-view';

/** Checks the proposal at rest: one merge request while something differs, which merges without a conflict of Dot's. */
export async function checkProposal(world: World, audit: Audit): Promise<string[]> {
  const { web, org, gitlab } = world;
  const { proposal } = await web.engine.states.load(org);
  const { scope, branch, publish } = await web.projects.requireTarget(org);
  const git = new GitView(world, audit.commits);
  const { mergeRequests } = gitlab.project(PROJECT);
  const known = mergeRequests.get(proposal?.mergeRequest?.iid ?? 0);
  const held = audit.reviews?.held() ?? [];
  const others = held.filter((request) => request !== known);
  const refusal = proposal?.refusal;
  const failures = others.map(({ iid }) => `merge request !${iid} is open at rest, and Dot does not know it`);
  if (proposal?.cycle && proposal.mergeRequest && known?.state !== stateOnGitLab(proposal.mergeRequest.state))
    failures.push(`Dot takes !${known?.iid} for ${proposal.mergeRequest.state}, and it is ${known?.state}`);
  if (refusal && known?.state === 'opened') failures.push(`!${known.iid} is open, and counts as refused`);
  if (refusal?.how === 'closed' && known && audit.reviews?.deleted.has(known.iid))
    failures.push(`!${known.iid} was closed with its branch, and Dot takes it for a person's no`);
  const open = known?.state === 'opened' && proposal?.cycle ? known : null;
  if (open) failures.push(...checkOpen());
  if (publish === 'merge_request' && !refusal) failures.push(...(await unproposed()));
  return failures;

  function checkOpen(): string[] {
    const [work, target] = [git.head(open!.source), git.head(branch)];
    if (!work || !target) return [`!${open!.iid} is open without its branches`];
    const base = git.mergeBase(work, target);
    const [start, own, theirs] = [base, work, target].map((commit) => git.files(commit));
    const touched = [...new Set([...start.keys(), ...own.keys()])].filter((path) =>
      differ(own.get(path), start.get(path)),
    );
    const changed = touched.filter((path) => differ(own.get(path), theirs.get(path)));
    // Dot does not compare these with the target.
    const carriesMore = touched.some((path) => !scope.contains(path));
    const isDots = (path: string) => !own.has(path) || !isBad(path, own.get(path)!, git);
    // Git joins the branches elsewhere once people moved the target by force, or merged a part without Dot's notice.
    const joined = base?.id !== proposal!.cycle!.start;
    const clashing = (joined ? [] : changed).filter(
      (path) => scope.contains(path) && isDots(path) && differ(theirs.get(path), start.get(path)),
    );
    return [
      ...(changed.length || carriesMore || joined ? [] : [`!${open!.iid} is open without a difference`]),
      ...clashing.map((path) => `!${open!.iid} conflicts at ${path}`),
    ];
  }

  async function unproposed(): Promise<string[]> {
    const { files } = await web.store.snapshot(org);
    const held = await web.engine.findings.quarantined(org);
    const base = await web.engine.base.all(org);
    const paths = [...new Set([...files.keys(), ...base.keys()])].filter(
      (path) => scope.contains(path) && !held.has(path),
    );
    const ahead = paths.filter((path) => (base.get(path)?.local ?? null) !== (files.get(path)?.blob ?? null));
    return open ? [] : ahead.map((path) => `${path} differs, and nothing proposes it`);
  }
}

/**
 * Returns the test for paths at which Dot has the text that a merge of the open proposal gives the branch. Files that Dot cannot take or
 * holds back are excepted, and large deletions of reviewers, which wait until they land. So are branches that Git joins elsewhere than
 * Dot started.
 */
export async function settledPaths(world: World, audit: Audit): Promise<(path: string) => boolean> {
  const { web, org } = world;
  const { proposal } = await web.engine.states.load(org);
  const { branch } = await web.projects.requireTarget(org);
  const git = new GitView(world, audit.commits);
  const [work, target] = [git.head(proposal?.cycle?.branch ?? ''), git.head(branch)];
  const joined = work && target && git.mergeBase(work, target)?.id !== proposal?.cycle?.start;
  const known = await web.engine.workBase.all(org);
  const held = await web.engine.findings.quarantined(org);
  const own = git.files(work);
  return (path) => {
    const [entry, agreed] = [own.get(path), known.get(path)];
    const isAside = agreed?.remote === null && agreed.local !== null;
    return !joined && !isAside && !held.has(path) && !(entry && isBad(path, entry, git));
  };
}

const stateOnGitLab = (state: string): string =>
  ({ branch_deleted: 'closed', retargeted: 'opened' })[state] ?? state;

const differ = (one: GitEntry | undefined, other: GitEntry | undefined): boolean => one?.id !== other?.id;
