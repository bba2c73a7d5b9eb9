import type { FakeGitLabInstance } from '@app/gitlab/testing';
import { PROJECT, type World } from '../world/world';

type Repository = ReturnType<FakeGitLabInstance['project']>['repository'];
export type GitCommit = NonNullable<ReturnType<Repository['head']>>;
export type GitEntry = NonNullable<ReturnType<Repository['history']['entryAt']>>;

/** GitLab's repository as it is, with everything that was ever pushed. */
export class GitView {
  private readonly repository: Repository;

  constructor({ gitlab }: World) {
    this.repository = gitlab.project(PROJECT).repository;
  }

  head(branch: string): GitCommit | undefined {
    return this.repository.head(branch);
  }

  commit(id: string): GitCommit {
    return this.repository.objects.commit(id)!;
  }

  files(commit: GitCommit | undefined): ReadonlyMap<string, GitEntry> {
    return commit ? this.repository.objects.files(commit.tree) : new Map();
  }

  blob(id: string): Buffer | undefined {
    return this.repository.objects.blob(id);
  }

  ancestors(of: readonly string[]): ReadonlySet<string> {
    return this.repository.history.ancestors(of);
  }

  /** Paths whose entry differs between a commit and its first parent. */
  changed(commit: GitCommit): { path: string; before: GitEntry | undefined; after: GitEntry | undefined }[] {
    const parent = commit.parents.length ? this.commit(commit.parents[0]) : undefined;
    const [then, now] = [this.files(parent), this.files(commit)];
    return [...new Set([...then.keys(), ...now.keys()])]
      .map((path) => ({ path, before: then.get(path), after: now.get(path) }))
      .filter(({ before, after }) => before?.id !== after?.id || before?.mode !== after?.mode);
  }
}

/** What GitLab makes of a text that is written through its API; the texts of the simulation are never binary. */
export function asGitLabStores(bytes: Buffer): Buffer {
  return Buffer.from(bytes.toString('latin1').replaceAll('\r\n', '\n'), 'latin1');
}
