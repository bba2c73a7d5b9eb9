import type { Change } from '@app/context-store';
import { Scope } from '@app/kernel';
import type { World } from '../world/world';
import type { Audit, OwnCommit } from './audit';
import type { GitView } from './git-view';

interface Considered extends OwnCommit {
  /** The change it carries; absent if it carries the state of many files. */
  readonly change: Change | undefined;
  /** GitLab could not be kept from making it, though its sender had no right to send it any more. */
  readonly unstoppable: boolean;
}

/** Each change is one commit at most, in order, by its author, and says something. */
export async function checkCommits(world: World, git: GitView, audit: Audit): Promise<string[]> {
  const changes = new Map(
    (await world.web.store.changesAfter(world.org, 0, 100_000)).map((change) => [change.id, change]),
  );
  const own = audit.own.map((commit): Considered => ({
    ...commit,
    change: changes.get(commit.changeId),
    unstoppable: isUnstoppable(commit, git),
  }));
  return [
    ...own.flatMap((commit) => wrongBySelf(commit, git)),
    ...twice(own, git),
    ...outOfOrder(own),
    ...(await unnoted(world, own, git)),
  ];
}

/**
 * GitLab still makes the commit of a sender that lost the lease, unless `last_commit_id` forbids it. That cannot forbid new files,
 * nor the repetition of a commit that a rewrite of history dropped. GitLab guards nothing in the commit that creates a branch.
 */
function isUnstoppable({ id, base, outdated, line }: OwnCommit, git: GitView): boolean {
  const commit = git.commit(id);
  const onlyNew = git.changed(commit).every(({ before }) => !before);
  const createsBranch = line.endsWith(` from ${commit.parents[0]}`);
  return outdated && (onlyNew || createsBranch || base === null || !git.ancestors(id).has(base));
}

function wrongBySelf({ id, changeId, base, blind, line, change }: Considered, git: GitView): string[] {
  const commit = git.commit(id);
  const changed = git.changed(commit);
  const raced = commit.parents[0] !== base || line.includes(' from ');
  const outside = changed.find(
    ({ path }) =>
      !new Scope().contains(path) && !(raced && changed.some((other) => path.startsWith(`${other.path}/`))),
  );
  const wrongs = {
    'has no change id': !changeId,
    'is empty': !changed.length && !blind,
    [`touches ${outside?.path}, which is out of scope`]: outside !== undefined,
    [`is not by ${change?.author.name}`]: change !== undefined && change.author.name !== commit.author.name,
  };
  return Object.keys(wrongs)
    .filter((wrong) => wrongs[wrong])
    .map((wrong) => `commit ${id} ${wrong}`);
}

/** After a rewrite of history a commit may be gone from the branch; then it is made again. */
function twice(own: readonly Considered[], git: GitView): string[] {
  return own.flatMap(({ id, changeId, line, unstoppable }, index) =>
    own
      .slice(0, index)
      .filter((earlier) => earlier.changeId === changeId && earlier.line === line)
      .filter((earlier) => git.ancestors(id).has(earlier.id))
      .filter((earlier) => !unstoppable && !earlier.unstoppable)
      .map((earlier) => `change ${changeId} is in history twice, as ${earlier.id} and ${id}`),
  );
}

function outOfOrder(own: readonly Considered[]): string[] {
  const lines = [...new Set(own.map(({ line }) => line))];
  return lines.flatMap((line) => {
    const first = new Map<string, number>();
    for (const { change, unstoppable } of own.filter((commit) => commit.line === line))
      if (change && !unstoppable && !first.has(change.id)) first.set(change.id, change.revision);
    const revisions = [...first.values()];
    return revisions.flatMap((revision, index) =>
      index && revision < revisions[index - 1]
        ? [`change ${revision} came after ${revisions[index - 1]}`]
        : [],
    );
  });
}

/**
 * Checks that Dot knows the commit of each change. Exceptions are commits that came by a pull, for a former target,
 * or from a sender that had lost the lease.
 */
async function unnoted({ web, org }: World, own: readonly Considered[], git: GitView): Promise<string[]> {
  const { branch } = await web.projects.requireTarget(org);
  const { targetId } = await web.engine.states.load(org);
  const reached = git.ancestors(git.head(branch)?.id);
  return own
    .filter((commit) => commit.targetId === targetId && reached.has(commit.id) && !commit.outdated)
    .filter(({ change }) => change && !own.some((one) => one.change === change && one.id === change.commit))
    .map(({ id, change }) => `change ${change?.revision} is commit ${id}, which is not noted`);
}
