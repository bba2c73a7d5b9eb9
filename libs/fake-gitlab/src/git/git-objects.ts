import { createHash } from 'node:crypto';
import { blobOf } from '@app/kernel';
import { bytesOf } from './names';

export type FileMode = '100644' | '100755' | '120000' | '160000';
export type Mode = FileMode | '040000';

export interface Entry {
  readonly mode: Mode;
  /** A blob's id; a tree's for a directory, a commit's for a submodule. */
  readonly id: string;
}

export type Tree = ReadonlyMap<string, Entry>;

export interface Signature {
  readonly name: string;
  readonly email: string;
  readonly at: Date;
}

export interface CommitObject {
  readonly id: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly author: Signature;
  readonly committer: Signature;
  readonly message: string;
}

const EMPTY_TREE: Tree = new Map();

/** The objects of one repository, with the ids git gives them. */
export class GitObjects {
  private readonly blobs = new Map<string, Buffer>();
  private readonly trees = new Map<string, Tree>();
  private readonly commits = new Map<string, CommitObject>();
  private readonly fileLists = new Map<string, ReadonlyMap<string, Entry>>();

  readonly emptyTree = this.writeTree(EMPTY_TREE);

  writeBlob(bytes: Buffer): string {
    const id = blobOf(bytes);
    if (!this.blobs.has(id)) this.blobs.set(id, Buffer.from(bytes));
    return id;
  }

  writeTree(entries: Tree): string {
    const sorted = [...entries].sort(inGitOrder);
    const id = objectId('tree', Buffer.concat(sorted.map(encodeEntry)));
    if (!this.trees.has(id)) this.trees.set(id, new Map(sorted));
    return id;
  }

  writeCommit(content: Omit<CommitObject, 'id'>): CommitObject {
    const [author, committer] = [toSecond(content.author), toSecond(content.committer)];
    const commit = {
      ...content,
      author,
      committer,
      id: objectId('commit', Buffer.from(encodeCommit(content))),
    };
    this.commits.set(commit.id, commit);
    return commit;
  }

  blob(id: string): Buffer | undefined {
    return this.blobs.get(id);
  }

  tree(id: string): Tree {
    return this.trees.get(id) ?? EMPTY_TREE;
  }

  commit(id: string): CommitObject | undefined {
    return this.commits.get(id);
  }

  commitsWithPrefix(prefix: string): CommitObject[] {
    return [...this.commits.values()].filter((commit) => commit.id.startsWith(prefix));
  }

  entryAt(treeId: string, path: string): Entry | undefined {
    let entry: Entry | undefined = { mode: '040000', id: treeId };
    for (const name of path === '' ? [] : path.split('/')) {
      if (entry?.mode !== '040000') return undefined;
      entry = this.tree(entry.id).get(name);
    }
    return entry;
  }

  /** Every entry below a tree that is no directory, by path, in git's order. */
  files(treeId: string): ReadonlyMap<string, Entry> {
    const known = this.fileLists.get(treeId);
    if (known) return known;
    const files = new Map(this.walk(treeId).filter(([, entry]) => entry.mode !== '040000'));
    this.fileLists.set(treeId, files);
    return files;
  }

  /** Every entry below a tree, directories before what is in them. */
  walk(treeId: string, prefix = ''): [string, Entry][] {
    return [...this.tree(treeId)].flatMap(([name, entry]): [string, Entry][] => {
      const path = prefix + name;
      if (entry.mode !== '040000') return [[path, entry]];
      return [[path, entry], ...this.walk(entry.id, `${path}/`)];
    });
  }

  /** Forgets every commit that is not among `kept`, as `git gc` does once a rewritten history has expired. */
  keepOnlyCommits(kept: ReadonlySet<string>): void {
    for (const id of this.commits.keys()) if (!kept.has(id)) this.commits.delete(id);
  }
}

export function kindOf(mode: Mode): 'blob' | 'tree' | 'commit' {
  if (mode === '040000') return 'tree';
  return mode === '160000' ? 'commit' : 'blob';
}

/** As git compares: by the bytes of the UTF-8 form, which differs from JavaScript's order outside the basic plane. */
export function compareBytes(a: string, b: string): number {
  return Buffer.compare(bytesOf(a), bytesOf(b));
}

function inGitOrder([nameA, a]: [string, Entry], [nameB, b]: [string, Entry]): number {
  return compareBytes(sortName(nameA, a), sortName(nameB, b));
}

function sortName(name: string, entry: Entry): string {
  return entry.mode === '040000' ? `${name}/` : name;
}

function encodeEntry([name, { mode, id }]: [string, Entry]): Buffer {
  return Buffer.concat([
    Buffer.from(`${mode.replace(/^0/, '')} `),
    bytesOf(name),
    Buffer.from([0]),
    Buffer.from(id, 'hex'),
  ]);
}

function encodeCommit(commit: Omit<CommitObject, 'id'>): string {
  const parents = commit.parents.map((parent) => `parent ${parent}\n`).join('');
  const people = `author ${encodeSignature(commit.author)}\ncommitter ${encodeSignature(commit.committer)}\n`;
  return `tree ${commit.tree}\n${parents}${people}\n${commit.message}`;
}

function encodeSignature({ name, email, at }: Signature): string {
  return `${clean(name)} <${clean(email)}> ${Math.floor(at.getTime() / 1000)} +0000`;
}

function toSecond(signature: Signature): Signature {
  return { ...signature, at: new Date(Math.floor(signature.at.getTime() / 1000) * 1000) };
}

/** Git drops what would break the line, and the punctuation people leave around names. */
function clean(text: string): string {
  return text.replace(/[<>\n\0]/g, '').replace(/^[\s.,:;"'\\]+|[\s.,:;"'\\]+$/g, '');
}

function objectId(type: string, content: Buffer): string {
  return createHash('sha1').update(`${type} ${content.byteLength}\0`).update(content).digest('hex');
}
