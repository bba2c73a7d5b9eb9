import { blobOf } from '@app/kernel';
import type { CommitAction } from '@app/gitlab';
import { NAME_TAKEN } from './findings';
import { asGitLabStores } from './line-endings';
import type { BaseBlobs } from './reconcile';

/** Target of a path: bytes, or null for a deletion. `from` names the path it was moved from. */
export interface Wanted {
  readonly path: string;
  readonly content: Buffer | null;
  readonly from: string | null;
}

export interface CommitPlan {
  readonly actions: readonly CommitAction[];
  /** The base of each path once the commit exists. */
  readonly agreed: ReadonlyMap<string, BaseBlobs>;
  /** Paths that must not be written for now. */
  readonly held: ReadonlyMap<string, Blocker>;
}

/** Why a file of Dot's has to wait. */
export interface Blocker {
  /** Stable word, e.g. `name_taken`. */
  readonly reason: string;
  /** Clause with the next step for the person. */
  readonly detail: string;
  /** When its text may be inspected again, if it waits for that. */
  readonly retryAfterMs?: number;
  readonly line?: number;
  readonly column?: number;
}

/** Known entry of GitLab at a path, with the commit at which it was seen, if one was noted. */
type Known = BaseBlobs & { readonly seenAt?: string | null };

/**
 * Plans the actions that bring GitLab to the wanted state. Compares with its known entries, so that create, update and
 * delete are right and equal files are left out. The last mention of a path counts. Deletions come first: a directory
 * may give way to a file.
 */
export function planCommit(
  inOrder: readonly Wanted[],
  known: ReadonlyMap<string, Known>,
  obstacles: Blockers,
): CommitPlan {
  const wanted = [...new Map(inOrder.map((want) => [want.path, want])).values()];
  const held = new Map<string, Blocker>();
  const agreed = new Map<string, BaseBlobs>();
  const moves = new Map<string, CommitAction>();
  const [deletes, writes]: [CommitAction[], CommitAction[]] = [[], []];
  const leaving = new Set(
    wanted.filter(({ path, content }) => content === null && !obstacles.on(path)).map(({ path }) => path),
  );

  for (const want of wanted) {
    const before = known.get(want.path)?.remote ?? null;
    const obstacle = want.content === null ? obstacles.on(want.path) : obstacles.at(want.path, leaving);
    if (obstacle) {
      held.set(want.path, obstacle);
      continue;
    }
    if (want.content === null) {
      if (before !== null) deletes.push({ op: 'delete', path: want.path, ...seen(known, want.path) });
      agreed.set(want.path, { remote: null, local: null });
      continue;
    }
    const [local, stored] = [blobOf(want.content), asGitLabStores(want.content)];
    const remote = stored === want.content ? local : blobOf(stored);
    agreed.set(want.path, { remote, local });
    if (before === remote) continue;
    const { path, content } = want;
    if (before !== null) writes.push({ op: 'update', path, content, ...seen(known, path) });
    else if (movable(want, known, leaving, moves))
      moves.set(want.from, { op: 'move', from: want.from, path, content, ...seen(known, want.from) });
    else writes.push({ op: 'create', path, content });
  }
  return {
    actions: [...deletes.filter((action) => !moves.has(action.path)), ...moves.values(), ...writes],
    agreed,
    held,
  };
}

function seen(known: ReadonlyMap<string, Known>, path: string): { readonly seenAt?: string } {
  const seenAt = known.get(path)?.seenAt;
  return seenAt ? { seenAt } : {};
}

/**
 * Checks whether a move can be sent as one. The old path must leave, no other file may claim it, and no directory may
 * have to give way. GitLab moves nothing into a directory, or below a file, that leaves by the same commit. The move
 * carries its text, so that a text arriving in the meantime is not moved along.
 */
function movable(
  want: Wanted,
  known: ReadonlyMap<string, Known>,
  leaving: ReadonlySet<string>,
  moves: ReadonlyMap<string, CommitAction>,
): want is Wanted & { from: string } {
  const { from } = want;
  return (
    from !== null &&
    leaving.has(from) &&
    !moves.has(from) &&
    (known.get(from)?.remote ?? null) !== null &&
    ![...leaving].some((path) => isBelow(path, want.path) || isBelow(want.path, path))
  );
}

/**
 * Obstacles to writing a path: GitLab's `create` over a directory would destroy it
 * (docs/gitlab-api.md#effect-of-actions).
 */
export class Blockers {
  private readonly parents: ReadonlySet<string>;

  /** Takes the `files` known on GitLab; `holds` are known reasons not to touch a path. */
  constructor(
    private readonly files: ReadonlySet<string>,
    private readonly holds: ReadonlyMap<string, Blocker>,
  ) {
    this.parents = new Set([...files].flatMap(ancestors));
  }

  /** Returns the reason not to touch the path. */
  on(path: string): Blocker | undefined {
    return this.holds.get(path);
  }

  /** Returns the reason not to write a file there; undefined if the path is free once the `leaving` files are gone. */
  at(path: string, leaving: ReadonlySet<string>): Blocker | undefined {
    const hold = this.on(path);
    if (hold) return hold;
    if (this.hasFilesBelow(path, leaving)) {
      return taken('GitLab has a directory of this name, which the file would replace; rename one of them');
    }
    const file = ancestors(path).find((parent) => this.files.has(parent) && !leaving.has(parent));
    return file ? inTheWay(file, 'file') : undefined;
  }

  private hasFilesBelow(path: string, leaving: ReadonlySet<string>): boolean {
    return (
      this.parents.has(path) &&
      [...this.files].some((file) => file.startsWith(`${path}/`) && !leaving.has(file))
    );
  }
}

/** Returns the reason to hold back a file that GitLab's entry at a parent path blocks. */
export const inTheWay = (parent: string, kind: string): Blocker =>
  taken(`GitLab has a ${kind} at ${parent}, so nothing can be put below it; rename one of them`);

const taken = (detail: string): Blocker => ({ reason: NAME_TAKEN, detail });

const isBelow = (path: string, directory: string): boolean => path.startsWith(`${directory}/`);

/** The directories a path lies in, outermost first. */
export function ancestors(path: string): string[] {
  const parts = path.split('/');
  return parts.slice(1).map((_, i) => parts.slice(0, i + 1).join('/'));
}
