import type { Author, Blob } from '@app/kernel';
import type { Quota } from './quota';

/** The origin of a change; `gitlab` marks a change made by a pull. */
export type Origin = 'user' | 'agent' | 'api' | 'gitlab';

/** One operation of a change. */
export type Edit =
  | { readonly op: 'put'; readonly path: string; readonly content: Buffer }
  | { readonly op: 'delete'; readonly path: string }
  /** Keeps the bytes if `content` is absent. */
  | { readonly op: 'move'; readonly from: string; readonly path: string; readonly content?: Buffer }
  /** Stores a text that lost a conflict as a version (null: a deletion) without touching the file. */
  | {
      readonly op: 'keep';
      readonly path: string;
      readonly content: Buffer | null;
      readonly author: Author;
      readonly at: Date;
    };

/** A change to commit: all of its edits become the next revision, or none. */
export interface NewChange {
  /** Chosen before the commit: committing the same id again returns the first result. */
  readonly id: string;
  readonly author: Author;
  readonly message: string;
  readonly origin: Origin;
  readonly at: Date;
  readonly edits: readonly Edit[];
  /** The blob each of these paths must have now (null: absent); otherwise nothing is written. */
  readonly expected?: ReadonlyMap<string, Blob | null>;
  /** Limits for the org's files; no limit if absent. */
  readonly quota?: Quota;
  readonly runId?: string;
  /** The commit a pulled change came from. */
  readonly commit?: string;
}

/** The effect of a change on one path. A move makes two: the old path with `blob: null`, the new one with `from`. */
export interface Version {
  readonly id: string;
  readonly path: string;
  readonly op: 'put' | 'delete' | 'keep';
  /** Null if the file was deleted. */
  readonly blob: Blob | null;
  readonly from: string | null;
}

/** An atomic set of writes, deletes and moves by one author with one message. */
export interface Change {
  readonly id: string;
  readonly revision: number;
  readonly author: Author;
  readonly message: string;
  readonly origin: Origin;
  readonly at: Date;
  readonly runId: string | null;
  /** The commit it came from or became. */
  readonly commit: string | null;
  readonly versions: readonly Version[];
  /** Paths of the change that its commit does not carry; absent if it has no commit or this was not recorded. */
  readonly leftOut?: readonly string[];
  /** True if versions of its run, or those they replaced, are pruned: the state before the run is unknown. */
  readonly abridged?: boolean;
}

/** The current state of one path. `version` is the id of the version that made it. */
export interface ContextFile {
  readonly path: string;
  readonly blob: Blob;
  readonly size: number;
  readonly version: string;
  readonly revision: number;
  readonly updatedAt: Date;
  readonly updatedBy: Author;
  readonly origin: Origin;
}

/** A version with the change that made it. */
export interface HistoryEntry extends Version {
  readonly changeId: string;
  readonly revision: number;
  readonly author: Author;
  readonly at: Date;
  readonly origin: Origin;
  readonly commit: string | null;
  readonly message: string;
  readonly runId: string | null;
}
