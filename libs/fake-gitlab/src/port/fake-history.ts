import type { ChangedPath, Changes, Commit, EntryKind, Repo } from '@app/gitlab';
import { shownAs } from '../git/names';
import { diffTrees } from '../git/tree-diff';
import type { Difference } from '../git/tree-diff';
import { commitView, entryKind, projectView } from './fake-views';
import type { InProcessCalls } from './in-process-calls';
import { commitOf, headOf } from './lookup';
import { reads } from './needs';

/** Reads commits, and the differences between them. */
export class FakeHistory {
  constructor(private readonly calls: InProcessCalls) {}

  changesSince(repo: Repo, commit: string): Promise<Changes> {
    const operation = { name: 'changesSince', ...repo, needs: reads('read_repository_comparison') };
    return this.calls.run(operation, async (instance, caller) => {
      const project = instance.access.code(caller, repo.projectId);
      const { repository } = project;
      const head = headOf(project, repo.branch);
      const since = commitOf(project, commit);
      await this.calls.noticeMove(repo, projectView(instance, caller, project));
      const rows = diffTrees(repository.objects, since.tree, head.tree);
      const cutOff = rows.length > instance.settings.compareFiles;
      return {
        head: commitView(head),
        commits: repository.history.between(since.id, head.id).map(commitView),
        paths: cutOff ? null : changedPaths(rows),
      };
    });
  }

  commitById(repo: Repo, commit: string): Promise<Commit> {
    const operation = { name: 'commitById', ...repo, needs: reads('read_commit') };
    return this.calls.run(operation, (instance, caller) =>
      commitView(commitOf(instance.access.code(caller, repo.projectId), commit)),
    );
  }

  findCommit(repo: Repo, since: string | null, trailer: string): Promise<Commit | null> {
    const operation = { name: 'findCommit', ...repo, needs: reads('read_commit') };
    return this.calls.run(operation, (instance, caller) => {
      const { repository } = instance.access.code(caller, repo.projectId);
      const head = repository.head(repo.branch);
      const commits = head ? repository.history.between(since, head.id) : [];
      const found = commits.find(({ message }) => message.split('\n').includes(trailer));
      return found ? commitView(found) : null;
    });
  }

  lastCommitTouching(repo: Repo, commit: string, path: string): Promise<Commit | null> {
    const operation = { name: 'lastCommitTouching', ...repo, needs: reads('read_commit') };
    return this.calls.run(operation, (instance, caller) => {
      const found = instance.access
        .code(caller, repo.projectId)
        .repository.history.lastTouching(commit, path);
      return found ? commitView(found) : null;
    });
  }
}

function changedPaths(rows: readonly Difference[]): ChangedPath[] {
  const kinds = new Map<string, EntryKind | null>(rows.map(({ from }) => [shownAs(from), null]));
  for (const { path, after } of rows) kinds.set(shownAs(path), after ? entryKind(after.mode) : null);
  return [...kinds].map(([path, kind]) => ({ path, kind }));
}
