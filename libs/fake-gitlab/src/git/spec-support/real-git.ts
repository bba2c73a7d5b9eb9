import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CommitObject, GitObjects } from '../git-objects';

/** The `git` program on a repository of its own, to compare with. */
export class RealGit {
  private readonly directory = mkdtempSync(join(tmpdir(), 'real-git-'));

  constructor() {
    this.run(['init', '--quiet', '--bare']);
  }

  run(
    args: readonly string[],
    input: string | Buffer = '',
    env: Readonly<Record<string, string>> = {},
  ): string {
    const own = { HOME: this.directory, GIT_CONFIG_NOSYSTEM: '1' };
    const words = Object.entries({ ...own, ...env }).map(([name, value]) => `${name}=${value}`);
    // `env` keeps the search path and adds to it, so that nothing here needs to read the environment.
    const options = { cwd: this.directory, input };
    return execFileSync('env', ['-u', 'GIT_DIR', '-u', 'GIT_WORK_TREE', ...words, 'git', ...args], options)
      .toString()
      .trim();
  }

  lines(...args: string[]): string[] {
    return this.run(args).split('\n').filter(Boolean);
  }

  commitTree(commit: Omit<CommitObject, 'id'>): string {
    const { tree, parents, author, committer, message } = commit;
    const seconds = (at: Date) => `${Math.floor(at.getTime() / 1000)} +0000`;
    return this.run(['commit-tree', tree, ...parents.flatMap((parent) => ['-p', parent])], message, {
      GIT_AUTHOR_NAME: author.name,
      GIT_AUTHOR_EMAIL: author.email,
      GIT_AUTHOR_DATE: seconds(author.at),
      GIT_COMMITTER_NAME: committer.name,
      GIT_COMMITTER_EMAIL: committer.email,
      GIT_COMMITTER_DATE: seconds(committer.at),
    });
  }

  /** Copies a commit with everything in its tree; its parents must be there already. */
  take(objects: GitObjects, commit: CommitObject): string {
    const files = [...objects.files(commit.tree)];
    for (const [, { id }] of files) this.run(['hash-object', '-w', '--stdin'], objects.blob(id));
    const index = { GIT_INDEX_FILE: join(this.directory, 'index') };
    this.run(['read-tree', '--empty'], '', index);
    const rows = files.map(([path, { mode, id }]) => `${mode} ${id}\t${path}\n`).join('');
    this.run(['update-index', '--add', '--index-info'], rows, index);
    this.run(['write-tree'], '', index);
    return this.commitTree(commit);
  }

  remove(): void {
    rmSync(this.directory, { recursive: true });
  }
}
