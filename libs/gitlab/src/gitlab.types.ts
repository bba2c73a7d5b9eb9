import type { Author, Blob, Secret } from '@app/kernel';

export type TokenKind = 'personal' | 'project' | 'group';

/** Describes a token and its rights, as far as the instance reports them. */
export interface TokenInfo {
  readonly username: string;
  readonly kind: TokenKind;
  readonly scopes: readonly string[];
  readonly expiresAt: Date | null;
  readonly canCreateProjects: boolean;
  /**
   * True if the token is fine-grained (docs/gitlab-api.md#fine-grained-tokens): ignore its scopes. A missing
   * right shows only when it is used.
   */
  readonly granular: boolean;
}

/** Replaces a token that was rotated. */
export interface RotatedToken {
  readonly token: Secret;
  readonly expiresAt: Date | null;
}

export interface Project {
  readonly id: number;
  readonly name: string;
  readonly pathWithNamespace: string;
  /** Built from the instance's URL and the path, never taken from an answer. */
  readonly webUrl: string;
  /** Null if the repository is empty and has no configured default, or if the token may not read code. */
  readonly defaultBranch: string | null;
  readonly emptyRepo: boolean;
  readonly archived: boolean;
  /** False where rules with `filter=lfs` change nothing about new files. */
  readonly lfsEnabled: boolean;
  /** False if merge requests are switched off. True if the server does not report it. */
  readonly mergeRequestsEnabled: boolean;
  /** Null, here and below, if the server does not report it. */
  readonly mergeMethod: 'merge' | 'rebase_merge' | 'ff' | null;
  readonly squashOption: 'never' | 'always' | 'default_on' | 'default_off' | null;
  /** The role of the token's user: 30 is Developer, 40 Maintainer. Null for roles that GitLab does not list here. */
  readonly accessLevel: number | null;
}

export interface Branch {
  readonly name: string;
  readonly head: Commit;
  readonly default: boolean;
  readonly protected: boolean;
  readonly canPush: boolean;
}

/** A rule of the project that protects the branches whose names match its pattern. */
export interface BranchProtection {
  /** May contain `*`. */
  readonly pattern: string;
  /** Lowest role that may push; null if no role may, or only named users, groups or keys. */
  readonly pushLevel: number | null;
  readonly allowsForcePush: boolean;
}

/** The numeric id survives renames (docs/gitlab-api.md#get-a-project); GraphQL and links need the path. */
export interface ProjectPlace {
  readonly projectId: number;
  readonly pathWithNamespace: string;
}

/** One branch of one project. */
export interface Repo extends ProjectPlace {
  readonly branch: string;
}

export interface Commit {
  readonly id: string;
  readonly parents: readonly string[];
  readonly message: string;
  readonly author: Author;
  readonly authoredAt: Date;
  readonly committedAt: Date;
}

/** `file` is a regular blob. The other kinds cannot be context files. */
export type EntryKind = 'file' | 'symlink' | 'submodule' | 'directory';

export interface TreeEntry {
  readonly kind: EntryKind;
  /** Id of the blob; of the commit for a submodule, of the tree for a directory. */
  readonly blob: Blob;
  /** True if the answer does not prove the path: it may lack bytes, because it is not UTF-8. */
  readonly pathUnsure?: boolean;
}

export interface ChangedPath {
  readonly path: string;
  /** Kind of the entry at the head; null if the path does not exist there. */
  readonly kind: EntryKind | null;
}

/** Describes how the branch changed since a commit. */
export interface Changes {
  readonly head: Commit;
  /**
   * Commits reachable from the head but not from the given commit, oldest first. Empty after a reset to an older
   * commit.
   */
  readonly commits: readonly Commit[];
  /**
   * Every path whose content or kind differs between the two trees, each once; a rename lists both names. Null if
   * GitLab truncated the list, sent none, or the list may be incomplete: compare whole trees instead.
   */
  readonly paths: readonly ChangedPath[] | null;
}

export interface FileContent {
  readonly path: string;
  readonly blob: Blob;
  readonly kind: 'file' | 'symlink';
  /** Null if the file is larger than the reader's limit; `size` is set anyway. */
  readonly bytes: Buffer | null;
  readonly size: number;
  /**
   * True if GitLab lists the file at that path but does not find it there, because its name is not UTF-8. `bytes` is
   * null then.
   */
  readonly misnamed?: boolean;
}

/** Describes one write. `seenAt` is the last commit at which the file was read as the action expects it; by default `base` of the request. */
export type CommitAction =
  | { readonly op: 'create'; readonly path: string; readonly content: Buffer }
  | { readonly op: 'update'; readonly path: string; readonly content: Buffer; readonly seenAt?: string }
  | { readonly op: 'delete'; readonly path: string; readonly seenAt?: string }
  /** Keeps the file's content if `content` is absent. */
  | {
      readonly op: 'move';
      readonly from: string;
      readonly path: string;
      readonly content?: Buffer;
      readonly seenAt?: string;
    };

export interface CommitRequest {
  readonly message: string;
  /** Null for the token's user. */
  readonly author: Author | null;
  readonly actions: readonly CommitAction[];
  /**
   * The commit that the actions are based on; null for an empty repository. GitLab refuses an update, move or delete
   * if a commit later than this one, or than the action's `seenAt`, touched its path (docs/gitlab-api.md#last_commit_id).
   */
  readonly base: string | null;
  /**
   * Creates the branch of the repo, with this commit as its first own one, from another branch or from a commit of any
   * branch. GitLab checks `base` and `seenAt` against the other branch, and not at all against a commit.
   */
  readonly start?: { readonly branch: string } | { readonly commit: string };
}

export interface CommitMade {
  readonly id: string;
  /** Differs from the request's `base` if another commit landed in between. */
  readonly parents: readonly string[];
  readonly committedAt: Date;
}
