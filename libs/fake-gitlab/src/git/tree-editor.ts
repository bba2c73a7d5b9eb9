import type { Entry, GitObjects, Mode } from './git-objects';

class Directory {
  children?: Map<string, Entry | Directory>;

  constructor(readonly unchanged?: string) {}
}

/** A tree being changed in memory; only the directories that were touched are read and written. */
export class TreeEditor {
  private readonly root: Directory;

  constructor(
    private readonly objects: GitObjects,
    treeId: string,
  ) {
    this.root = new Directory(treeId);
  }

  /** What stands at the path; `'directory'` where it is one. */
  at(path: string): Entry | 'directory' | undefined {
    let node: Entry | Directory | undefined = this.root;
    for (const name of path.split('/')) {
      if (!(node instanceof Directory)) return undefined;
      node = this.childrenOf(node).get(name);
    }
    return node instanceof Directory ? 'directory' : node;
  }

  /** The first parent of the path that is a file, where there is one. */
  fileAbove(path: string): string | undefined {
    const names = path.split('/');
    const parents = names.slice(1).map((_, index) => names.slice(0, index + 1).join('/'));
    return parents.find((parent) => typeof this.at(parent) === 'object');
  }

  /** Replaces whatever stood there, a whole directory included. */
  set(path: string, id: string, mode: Mode): void {
    const [parents, name] = split(path);
    let children = this.childrenOf(this.root);
    for (const parent of parents) {
      const next = children.get(parent);
      const directory = next instanceof Directory ? next : new Directory();
      children.set(parent, directory);
      children = this.childrenOf(directory);
    }
    children.set(name, { mode, id });
  }

  delete(path: string): void {
    const [parents, name] = split(path);
    let children = this.childrenOf(this.root);
    for (const parent of parents) {
      const next = children.get(parent);
      if (!(next instanceof Directory)) return;
      children = this.childrenOf(next);
    }
    children.delete(name);
  }

  /** Stores the tree and answers its id. Directories left empty disappear, as in every git tree. */
  write(): string {
    return this.writeDirectory(this.root);
  }

  private childrenOf(directory: Directory): Map<string, Entry | Directory> {
    directory.children ??= new Map(
      [...(directory.unchanged ? this.objects.tree(directory.unchanged) : [])].map(([name, entry]) => [
        name,
        entry.mode === '040000' ? new Directory(entry.id) : entry,
      ]),
    );
    return directory.children;
  }

  private writeDirectory(directory: Directory): string {
    if (!directory.children && directory.unchanged) return directory.unchanged;
    const entries = new Map<string, Entry>();
    for (const [name, node] of this.childrenOf(directory)) {
      const entry: Entry =
        node instanceof Directory ? { mode: '040000', id: this.writeDirectory(node) } : node;
      if (entry.mode !== '040000' || entry.id !== this.objects.emptyTree) entries.set(name, entry);
    }
    return this.objects.writeTree(entries);
  }
}

function split(path: string): [string[], string] {
  const names = path.split('/');
  return [names.slice(0, -1), names[names.length - 1]];
}
