import { Scope } from '@app/kernel';
import type { World } from '../world/world';
import type { Audit } from './audit';
import type { GitView } from './git-view';

/** Each change is one commit at most, in order, by its author, and says something. */
export async function checkCommits(world: World, git: GitView, audit: Audit): Promise<string[]> {
  const { web, org } = world;
  const failures: string[] = [];
  const changes = new Map(
    (await web.store.changesAfter(org, 0, 100_000)).map((change) => [change.id, change]),
  );
  const before = new Map<string, string>();
  const { branch } = await web.projects.requireTarget(org);
  const reached = git.ancestors([git.head(branch)?.id ?? '']);
  let last = 0;
  for (const { id, changeId, base } of audit.own) {
    const commit = git.commit(id);
    const change = changes.get(changeId);
    const changed = git.changed(commit);
    if (!changeId) failures.push(`commit ${id} of ours has no change id`);
    if (!changed.length) failures.push(`commit ${id} is empty`);
    const raced = commit.parents[0] !== base;
    const outside = changed.find(
      ({ path }) =>
        !new Scope().contains(path) && !(raced && changed.some((other) => path.startsWith(`${other.path}/`))),
    );
    if (outside) failures.push(`commit ${id} touches ${outside.path}, which is out of scope`);
    const earlier = before.get(changeId);
    before.set(changeId, id);
    // After a rewrite of history the first one may be gone from the branch; then it is made again.
    if (earlier && git.ancestors([id]).has(earlier))
      failures.push(`change ${change?.revision ?? changeId} is in history twice, as ${earlier} and ${id}`);
    if (!change) continue;
    if (change.author.name !== commit.author.name)
      failures.push(`commit ${id} is not by ${change.author.name}`);
    if (!earlier && change.revision < last) failures.push(`change ${change.revision} came after ${last}`);
    last = Math.max(last, change.revision);
  }
  for (const [changeId, id] of before) {
    const noted = changes.get(changeId)?.commit;
    if (noted !== undefined && noted !== id && reached.has(id))
      failures.push(`change ${changeId} is commit ${id}, but ${noted} is noted`);
  }
  return failures;
}
