import type { Repository } from '../git/repository';
import type { MergeRequest } from './merge-requests/model';

/** GitLab's access levels: 10 guest, 20 reporter, 30 developer, 40 maintainer, 50 owner; 0 stands for "no one". */
export type Level = 0 | 10 | 20 | 30 | 40 | 50;

export const DEVELOPER: Level = 30;
export const MAINTAINER: Level = 40;

export interface User {
  readonly id: number;
  readonly username: string;
  readonly name: string;
  readonly email: string;
  readonly bot: boolean;
  state: 'active' | 'blocked';
  canCreateProject: boolean;
}

export interface Token {
  readonly id: number;
  readonly value: string;
  readonly name: string;
  readonly user: User;
  readonly kind: 'personal' | 'project' | 'group' | 'oauth';
  readonly createdAt: Date;
  scopes: readonly string[];
  /** Permissions of a fine-grained token, e.g. `create_commit`; null for a token with scopes. */
  permissions: readonly string[] | null;
  expiresAt: Date | null;
  revoked: boolean;
  /** The token that was rotated to create this one. */
  previous: Token | null;
}

export interface Namespace {
  readonly id: number;
  readonly kind: 'user' | 'group';
  readonly path: string;
  readonly name: string;
  readonly members: Map<number, Level>;
}

export interface ProtectedBranch {
  /** May contain `*`. */
  readonly name: string;
  readonly pushLevel: Level;
  readonly mergeLevel: Level;
  readonly allowForcePush: boolean;
}

export interface PushRules {
  /** Unchecked for the default branch. */
  readonly branchNamePattern?: RegExp;
  readonly commitMessagePattern?: RegExp;
  readonly prohibitedFileNames?: RegExp;
  readonly committerEmailPattern?: RegExp;
  readonly authorEmailPattern?: RegExp;
  /** A hook that does not name the refused file, such as secret push protection. */
  readonly blockedContent?: RegExp;
}

export interface Hook {
  readonly id: number;
  readonly projectId: number;
  readonly createdAt: Date;
  url: string;
  name: string | null;
  description: string | null;
  events: Record<string, boolean>;
  branchFilter: string;
  branchFilterStrategy: 'wildcard' | 'regex' | 'all_branches';
  enableSslVerification: boolean;
  token: string | null;
  signingToken: string | null;
  customHeaders: { readonly key: string; readonly value: string }[];
  failures: number;
  disabledUntil: Date | null;
}

/** `rebase_merge` is semi-linear, `ff` fast-forward only. */
export type MergeMethod = 'merge' | 'rebase_merge' | 'ff';

export interface Project {
  readonly id: number;
  readonly repository: Repository;
  readonly createdAt: Date;
  readonly members: Map<number, Level>;
  readonly hooks: Map<number, Hook>;
  /** Merge requests into the project, by iid. */
  readonly mergeRequests: Map<number, MergeRequest>;
  readonly creator: User;
  name: string;
  path: string;
  namespace: Namespace;
  description: string;
  visibility: 'private' | 'internal' | 'public';
  archived: boolean;
  lfsEnabled: boolean;
  /** Set while GitLab still keeps a deleted project. */
  markedForDeletionOn: Date | null;
  repositoryEnabled: boolean;
  mergeRequestsEnabled: boolean;
  mergeMethod: MergeMethod;
  squashOption: 'never' | 'always' | 'default_on' | 'default_off';
  /** Rebases a merge request that is behind when it is merged, if the method needs that. */
  automaticRebase: boolean;
  /** Issues that merges closed, as the texts named them. */
  readonly closedIssues: string[];
  /** The project that this one is a fork of. */
  forkedFrom: Project | null;
  lastActivityAt: Date;
  protections: ProtectedBranch[];
  pushRules: PushRules;
}

/** The caller: a token and its user. */
export interface Caller {
  readonly token: Token;
  readonly user: User;
}

export function fullPath(project: Project): string {
  return `${project.namespace.path}/${project.path}`;
}

export function levelOf(project: Project, user: User): Level {
  const levels = [project.members.get(user.id), project.namespace.members.get(user.id), 0] as const;
  return Math.max(...levels.map((level) => level ?? 0)) as Level;
}
