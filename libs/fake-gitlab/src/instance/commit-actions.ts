import type { GitAttributes } from '../git/attributes';
import { normaliseLineEndings } from '../git/line-endings';
import type { Repository } from '../git/repository';
import type { TreeEditor } from '../git/tree-editor';
import type { Action } from './commit-request';
import { commitRefused } from './refusal';

/** Applies the actions of one commit to a tree, in order, as Gitaly does (docs/gitlab-api.md#effect-of-actions). */
export class CommitActions {
  constructor(
    private readonly repository: Repository,
    private readonly tree: TreeEditor,
    /** Null where the project has LFS switched off. */
    private readonly attributes: GitAttributes | null,
  ) {}

  apply(action: Action): void {
    const path = cleanPath(action.filePath);
    if (action.action === 'create') this.create(path, action.content ?? Buffer.alloc(0));
    if (action.action === 'update') this.update(path, action.content ?? Buffer.alloc(0));
    if (action.action === 'delete') this.delete(path);
    if (action.action === 'chmod') this.chmod(path, action.executeFilemode === true);
    if (action.action === 'move') this.move(cleanPath(action.previousPath ?? ''), path, action.content);
  }

  /** A directory of that name is replaced, with everything in it. */
  private create(path: string, content: Buffer): void {
    if (this.tree.fileAbove(path) || typeof this.tree.at(path) === 'object') throw exists(path);
    const stored = this.attributes?.has(path, 'lfs')
      ? this.repository.storeInLfs(content)
      : normaliseLineEndings(content);
    this.tree.set(path, this.repository.objects.writeBlob(stored), '100644');
  }

  /** The mode stays: an updated symlink is a symlink to somewhere else. */
  private update(path: string, content: Buffer): void {
    const { mode } = this.file(path);
    this.tree.set(path, this.repository.objects.writeBlob(normaliseLineEndings(content)), mode);
  }

  private delete(path: string): void {
    if (!this.tree.at(path)) throw missing(path);
    this.tree.delete(path);
  }

  private chmod(path: string, executable: boolean): void {
    this.tree.set(path, this.file(path).id, executable ? '100755' : '100644');
  }

  private move(from: string, path: string, content: Buffer | undefined): void {
    const source = this.file(from);
    if (this.tree.at(path) === 'directory') throw commitRefused('exists', DIRECTORY_EXISTS, path);
    if (this.tree.at(path) || this.tree.fileAbove(path)) throw exists(path);
    this.tree.delete(from);
    const id = content ? this.repository.objects.writeBlob(normaliseLineEndings(content)) : source.id;
    this.tree.set(path, id, source.mode);
  }

  private file(path: string) {
    const entry = this.tree.at(path);
    if (!entry || entry === 'directory') throw missing(path);
    return entry;
  }
}

const DIRECTORY_EXISTS = 'A directory with this name already exists';

/** `./a`, `a/` and `/a` are taken for `a`; the rest of what git cannot hold is refused. */
export function cleanPath(given: string): string {
  const path = given.replace(/^(\.?\/)+/, '').replace(/(\/\.?)+$/, '');
  if (path === '' || path === '.') throw commitRefused('invalid', 'You must provide a file path');
  const names = path.split('/');
  if (names.includes('..')) throw commitRefused('invalid', 'Path cannot include directory traversal', given);
  if (names.some((name) => name === '' || name === '.') || names[0].toLowerCase() === '.git')
    throw commitRefused('invalid', `invalid path: '${given}'`, given);
  return path;
}

function exists(path: string) {
  return commitRefused('exists', 'A file with this name already exists', path);
}

function missing(path: string) {
  return commitRefused('missing', "A file with this name doesn't exist", path);
}
