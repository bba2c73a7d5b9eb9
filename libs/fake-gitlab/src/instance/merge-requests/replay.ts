import type { CommitObject } from '../../git/git-objects';
import type { Repository } from '../../git/repository';
import { mergeTrees } from '../../git/three-way';
import type { FakeGitLabInstance } from '../fake-gitlab-instance';
import type { User } from '../model';

/** Writes commits again on another parent, as `git rebase` does: new ids, the same authors and messages. */
export class Replay {
  constructor(
    private readonly instance: FakeGitLabInstance,
    private readonly repository: Repository,
  ) {}

  /** Leaves out merges, and commits whose change the new parent has already. */
  onto(parent: CommitObject, commits: readonly string[], user: User): CommitObject | 'conflict' {
    const { objects } = this.repository;
    let head = parent;
    for (const id of commits) {
      const commit = objects.commit(id)!;
      if (commit.parents.length > 1) continue;
      const before = objects.commit(commit.parents[0] ?? '')?.tree ?? objects.emptyTree;
      const { tree, conflicts } = mergeTrees(objects, before, head.tree, commit.tree);
      if (conflicts.length) return 'conflict';
      if (tree === head.tree) continue;
      const committer = { name: user.name, email: user.email, at: this.instance.clock.now() };
      const { author, message } = commit;
      head = objects.writeCommit({ tree, parents: [head.id], author, committer, message });
    }
    return head;
  }
}
