import { ManualClock } from '@app/kernel';
import type { Clock } from '@app/kernel';
import { Access } from './access';
import { Accounts } from './accounts';
import { Branches } from './branches';
import { Calls } from './calls';
import { CommitStatuses } from './commit-statuses';
import { Commits } from './commits';
import { Deliveries } from './deliveries';
import { Features } from './features';
import { Hooks } from './hooks';
import { Jobs } from './jobs';
import { LargeCommits } from './large-commits';
import { MergeRequests } from './merge-requests/merge-requests';
import { Reviewer } from './merge-requests/reviewer';
import { MAINTAINER } from './model';
import type { Level, Namespace, Project, PushRules, Token, User } from './model';
import { Projects, splitPath, type ProjectRef } from './projects';
import { Pushes } from './pushes';
import { defaultSettings } from './settings';
import type { Settings } from './settings';
import { TeammateGit } from './teammate-git';
import type { FileSpec } from './teammate-files';

export interface FakeGitLabOptions {
  readonly clock?: Clock;
  /** The origin by which users know the instance. */
  readonly url?: string;
  readonly version?: string;
  readonly settings?: Partial<Settings>;
}

/**
 * Simulates a whole GitLab in memory: users, tokens, projects with real git objects, webhooks. Both faces, in process
 * and HTTP, use one instance. The `given…` methods, `git` and
 * `reviewer` play all other people.
 */
export class FakeGitLabInstance {
  readonly clock: Clock;
  readonly features: Features;
  readonly settings: Settings;
  readonly accounts = new Accounts(this);
  readonly projects = new Projects(this);
  readonly access = new Access(this);
  readonly calls = new Calls();
  readonly commits = new Commits(this);
  readonly branches = new Branches(this);
  readonly commitStatuses = new CommitStatuses(this);
  readonly hooks = new Hooks(this);
  readonly jobs = new Jobs();
  readonly pushes = new Pushes(this);
  readonly mergeRequests = new MergeRequests(this);
  readonly deliveries = new Deliveries(this);
  readonly largeCommits: LargeCommits;
  /** Acts as teammates who use git. */
  readonly git = new TeammateGit(this);
  /** Acts as a maintainer who reviews merge requests. */
  readonly reviewer = new Reviewer(this);
  /** Becomes the server's own address when it is served. */
  url: string;

  private lastId = 0;

  constructor(options: FakeGitLabOptions = {}) {
    this.clock = options.clock ?? new ManualClock();
    this.largeCommits = new LargeCommits(this.clock);
    this.url = options.url ?? 'https://gitlab.example.com';
    this.features = new Features(options.version ?? '19.2.0');
    this.settings = { ...defaultSettings, ...options.settings };
  }

  /** Adds a user with a namespace, or returns the existing one. */
  givenUser(...given: Parameters<Accounts['givenUser']>): User {
    return this.accounts.givenUser(...given);
  }

  givenGroup(path: string): Namespace {
    return this.accounts.givenGroup(path);
  }

  givenToken(...given: Parameters<Accounts['givenToken']>): Token {
    return this.accounts.givenToken(...given);
  }

  /** Adds a token of a bot user that belongs to the project. */
  givenProjectToken(ref: ProjectRef, more: { level?: Level; scopes?: readonly string[] } = {}): Token {
    const project = this.project(ref);
    const bot = this.accounts.givenBot(`project_${project.id}_bot`);
    project.members.set(bot.id, more.level ?? MAINTAINER);
    return this.givenToken(bot, { kind: 'project', scopes: more.scopes ?? ['api'] });
  }

  givenGroupToken(path: string, more: { level?: Level; scopes?: readonly string[] } = {}): Token {
    const group = this.givenGroup(path);
    const bot = this.accounts.givenBot(`group_${group.id}_bot`);
    group.members.set(bot.id, more.level ?? MAINTAINER);
    return this.givenToken(bot, { kind: 'group', scopes: more.scopes ?? ['api'] });
  }

  /**
   * Adds a project. The first part of the path names a user or a group; adds a user if neither exists. With `files`,
   * makes a first push.
   */
  givenProject(
    path: string,
    more: Partial<Pick<Project, 'name' | 'description' | 'visibility' | 'pushRules'>> & {
      readonly files?: Readonly<Record<string, FileSpec>>;
      readonly defaultBranch?: string;
    } = {},
  ): Project {
    const [namespacePath, slug] = splitPath(path);
    const owner = this.accounts.namespaceAt(namespacePath)?.kind === 'group' ? 'root' : namespacePath;
    const creator = this.givenUser(owner);
    const namespace = this.accounts.namespaceAt(namespacePath) as Namespace;
    const project = this.projects.add({ creator, namespace, path: slug, name: more.name ?? slug, ...more });
    const branch = more.defaultBranch ?? this.settings.defaultBranch;
    if (more.files) this.git.push(project, branch, { files: more.files, message: 'Initial commit' });
    return project;
  }

  /** Adds a copy of the project, with its branches, to another namespace. */
  givenFork(ref: ProjectRef, path: string): Project {
    const forkedFrom = this.project(ref);
    const [namespacePath, slug] = splitPath(path);
    const creator = this.givenUser(namespacePath);
    const namespace = this.accounts.namespaceAt(namespacePath) as Namespace;
    return this.projects.add({ creator, namespace, path: slug, name: slug, forkedFrom });
  }

  /** Changes how the project merges. */
  setMerging(
    ref: ProjectRef,
    settings: Partial<
      Pick<Project, 'mergeMethod' | 'squashOption' | 'automaticRebase' | 'mergeRequestsEnabled'>
    >,
  ): void {
    Object.assign(this.project(ref), settings);
  }

  givenMember(ref: ProjectRef, user: User | string, level: Level): void {
    const { id } = typeof user === 'string' ? this.givenUser(user) : user;
    this.project(ref).members.set(id, level);
  }

  /** `pushLevel` 0 is GitLab's "no one". */
  protect(
    ref: ProjectRef,
    name: string,
    pushLevel: Level = MAINTAINER,
    mergeLevel: Level = pushLevel || MAINTAINER,
  ): void {
    const project = this.project(ref);
    this.unprotect(project, name);
    project.protections.push({ name, pushLevel, mergeLevel, allowForcePush: false });
  }

  unprotect(ref: ProjectRef, name: string): void {
    const project = this.project(ref);
    project.protections = project.protections.filter((protection) => protection.name !== name);
  }

  setPushRules(ref: ProjectRef, rules: PushRules): void {
    this.project(ref).pushRules = rules;
  }

  setLfs(ref: ProjectRef, enabled: boolean): void {
    this.project(ref).lfsEnabled = enabled;
  }

  archive(ref: ProjectRef, archived = true): void {
    this.project(ref).archived = archived;
  }

  /** Moves the project. The old path still leads to it. */
  move(ref: ProjectRef, path: string): void {
    this.projects.move(ref, path);
  }

  /** Deletes the project finally, as GitLab does after some days. */
  deleteProject(ref: ProjectRef): void {
    this.projects.delete(ref);
  }

  /** Deletes the project, but keeps it for some days under another path. */
  markForDeletion(ref: ProjectRef): void {
    const project = this.project(ref);
    project.markedForDeletionOn = this.clock.now();
    project.path = `${project.path}-deletion_scheduled-${project.id}`;
  }

  /** Returns the project. @throws Error if it does not exist, which is a mistake in the test */
  project(ref: ProjectRef): Project {
    return this.projects.get(ref);
  }

  /** Returns an id that no user, token, group or project has. */
  nextId(): number {
    return ++this.lastId;
  }
}
