import { createHash } from 'node:crypto';
import { ManualClock } from '@app/kernel';
import type { Clock } from '@app/kernel';
import { Repository } from '../git/repository';
import { Access, isNumeric } from './access';
import { Branches } from './branches';
import { Calls } from './calls';
import { Commits } from './commits';
import { Deliveries } from './deliveries';
import { Features } from './features';
import { Hooks } from './hooks';
import { LargeCommits } from './large-commits';
import { MAINTAINER, fullPath } from './model';
import type { Level, Namespace, Project, PushRules, Token, User } from './model';
import { Pushes } from './pushes';
import { defaultSettings } from './settings';
import type { Settings } from './settings';
import { TeammateGit } from './teammate-git';
import type { FileSpec } from './teammate-git';

/** A project by itself, its id, or its full path, a former one included. */
export type ProjectRef = Project | number | string;

export interface FakeGitLabOptions {
  readonly clock?: Clock;
  /** The origin users know the instance by. */
  readonly url?: string;
  readonly version?: string;
  readonly settings?: Partial<Settings>;
}

/**
 * A whole GitLab in memory: users, tokens, projects with real git objects, webhooks. It plays one instance for both faces, in
 * process and over HTTP; the `given…` methods and `git` play everyone else who works on it.
 */
export class FakeGitLabInstance {
  readonly clock: Clock;
  readonly features: Features;
  readonly settings: Settings;
  readonly access = new Access(this);
  readonly calls = new Calls();
  readonly commits = new Commits(this);
  readonly branches = new Branches(this);
  readonly hooks = new Hooks(this);
  readonly pushes = new Pushes(this);
  readonly deliveries = new Deliveries(this);
  readonly largeCommits: LargeCommits;
  /** What teammates do with git. */
  readonly git = new TeammateGit(this);
  /** Set to the server's own address when it is served. */
  url: string;

  private readonly users = new Map<string, User>();
  private readonly tokens = new Map<string, Token>();
  private readonly namespaces = new Map<string, Namespace>();
  private readonly projects = new Map<number, Project>();
  private readonly formerPaths = new Map<string, number>();
  private lastId = 0;

  constructor(options: FakeGitLabOptions = {}) {
    this.clock = options.clock ?? new ManualClock();
    this.largeCommits = new LargeCommits(this.clock);
    this.url = options.url ?? 'https://gitlab.example.com';
    this.features = new Features(options.version ?? '19.2.0');
    this.settings = { ...defaultSettings, ...options.settings };
  }

  /** A user with their own namespace; the same one when given again. */
  givenUser(
    username: string,
    more: Partial<Pick<User, 'name' | 'email' | 'bot' | 'canCreateProject'>> = {},
  ): User {
    const known = this.users.get(username);
    if (known) return known;
    const { name = capitalise(username), email = `${username}@example.com`, bot = false } = more;
    const canCreateProject = more.canCreateProject ?? !bot;
    const user: User = { id: this.nextId(), username, name, email, bot, state: 'active', canCreateProject };
    this.users.set(username, user);
    if (!bot) this.addNamespace('user', username, name).members.set(user.id, 50);
    return user;
  }

  givenGroup(path: string): Namespace {
    return this.namespaces.get(path) ?? this.addNamespace('group', path, capitalise(path));
  }

  givenToken(owner: User | string, more: Partial<Omit<Token, 'id' | 'user'>> = {}): Token {
    const user = typeof owner === 'string' ? this.givenUser(owner) : owner;
    const id = this.nextId();
    const digest = createHash('sha256').update(`${user.username} token ${id}`).digest('base64url');
    const token: Token = {
      id,
      value: `glpat-${digest.slice(0, 20)}`,
      name: `token ${id}`,
      user,
      kind: 'personal',
      createdAt: this.clock.now(),
      scopes: ['api'],
      permissions: null,
      expiresAt: null,
      revoked: false,
      previous: null,
      ...more,
    };
    this.tokens.set(token.value, token);
    return token;
  }

  /** The token of a bot user that belongs to the project. */
  givenProjectToken(ref: ProjectRef, more: { level?: Level; scopes?: readonly string[] } = {}): Token {
    const project = this.project(ref);
    const bot = this.givenBot(`project_${project.id}_bot`);
    project.members.set(bot.id, more.level ?? MAINTAINER);
    return this.givenToken(bot, { kind: 'project', scopes: more.scopes ?? ['api'] });
  }

  givenGroupToken(path: string, more: { level?: Level; scopes?: readonly string[] } = {}): Token {
    const group = this.givenGroup(path);
    const bot = this.givenBot(`group_${group.id}_bot`);
    group.members.set(bot.id, more.level ?? MAINTAINER);
    return this.givenToken(bot, { kind: 'group', scopes: more.scopes ?? ['api'] });
  }

  /** The first part of the path is a user's or a group's; a user is made where neither exists. With `files`, a first push. */
  givenProject(
    path: string,
    more: Partial<Pick<Project, 'name' | 'description' | 'visibility' | 'pushRules'>> & {
      readonly files?: Readonly<Record<string, FileSpec>>;
      readonly defaultBranch?: string;
    } = {},
  ): Project {
    const [namespacePath, slug] = splitPath(path);
    const owner = this.namespaces.get(namespacePath)?.kind === 'group' ? 'root' : namespacePath;
    const creator = this.givenUser(owner);
    const namespace = this.namespaces.get(namespacePath) as Namespace;
    const project = this.addProject({ creator, namespace, path: slug, name: more.name ?? slug, ...more });
    const branch = more.defaultBranch ?? this.settings.defaultBranch;
    if (more.files) this.git.push(project, branch, { files: more.files, message: 'Initial commit' });
    return project;
  }

  givenMember(ref: ProjectRef, user: User | string, level: Level): void {
    const { id } = typeof user === 'string' ? this.givenUser(user) : user;
    this.project(ref).members.set(id, level);
  }

  /** `pushLevel` 0 is GitLab's "no one". */
  protect(ref: ProjectRef, name: string, pushLevel: Level = MAINTAINER): void {
    const project = this.project(ref);
    this.unprotect(project, name);
    project.protections.push({ name, pushLevel, allowForcePush: false });
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

  /** The old path goes on leading to the project. */
  move(ref: ProjectRef, path: string): void {
    const project = this.project(ref);
    this.formerPaths.set(fullPath(project), project.id);
    const [namespacePath, slug] = splitPath(path);
    project.namespace = this.namespaces.get(namespacePath) ?? this.givenGroup(namespacePath);
    project.path = slug;
  }

  /** Gone for good, as after the days GitLab keeps a deleted project. */
  deleteProject(ref: ProjectRef): void {
    this.projects.delete(this.project(ref).id);
  }

  /** Deleted, and kept for some days under another path. */
  markForDeletion(ref: ProjectRef): void {
    const project = this.project(ref);
    project.markedForDeletionOn = this.clock.now();
    project.path = `${project.path}-deletion_scheduled-${project.id}`;
  }

  /** @throws Error where there is no such project: a mistake in the test */
  project(ref: ProjectRef): Project {
    const project = typeof ref === 'object' ? ref : this.findProject(ref);
    if (!project) throw new Error(`the fake GitLab has no project ${String(ref)}`);
    return project;
  }

  /** By id or full path; a former path leads to the project too. */
  findProject(id: number | string): Project | undefined {
    if (isNumeric(id)) return this.projects.get(Number(id));
    const current = [...this.projects.values()].find((project) => fullPath(project) === id);
    return current ?? this.projects.get(this.formerPaths.get(String(id)) ?? -1);
  }

  get allProjects(): readonly Project[] {
    return [...this.projects.values()];
  }

  get allTokens(): readonly Token[] {
    return [...this.tokens.values()];
  }

  tokenByValue(value: string): Token | undefined {
    return this.tokens.get(value);
  }

  namespaceById(id: number): Namespace | undefined {
    return [...this.namespaces.values()].find((namespace) => namespace.id === id);
  }

  namespaceOf(user: User): Namespace | undefined {
    return user.bot ? undefined : this.namespaces.get(user.username);
  }

  addProject(
    given: Pick<Project, 'creator' | 'namespace' | 'path' | 'name'> &
      Partial<Pick<Project, 'description' | 'visibility' | 'pushRules'>> & {
        readonly defaultBranch?: string;
      },
  ): Project {
    const now = this.clock.now();
    const project: Project = {
      id: this.nextId(),
      repository: new Repository(given.defaultBranch ?? this.settings.defaultBranch),
      createdAt: now,
      lastActivityAt: now,
      members: new Map([[given.creator.id, 50]]),
      hooks: new Map(),
      creator: given.creator,
      name: given.name,
      path: given.path,
      namespace: given.namespace,
      description: given.description ?? '',
      visibility: given.visibility ?? 'private',
      archived: false,
      lfsEnabled: true,
      markedForDeletionOn: null,
      repositoryEnabled: true,
      protections: [],
      pushRules: given.pushRules ?? {},
    };
    this.projects.set(project.id, project);
    return project;
  }

  private givenBot(prefix: string): User {
    const suffix = createHash('sha256').update(`${prefix} ${this.lastId}`).digest('hex').slice(0, 32);
    const username = `${prefix}_${suffix}`;
    return this.givenUser(username, {
      email: `${username}@noreply.${new URL(this.url).hostname}`,
      bot: true,
    });
  }

  private addNamespace(kind: Namespace['kind'], path: string, name: string): Namespace {
    const namespace: Namespace = { id: this.nextId(), kind, path, name, members: new Map() };
    this.namespaces.set(path, namespace);
    return namespace;
  }

  private nextId(): number {
    return ++this.lastId;
  }
}

function splitPath(path: string): [string, string] {
  const slash = path.lastIndexOf('/');
  return [path.slice(0, slash), path.slice(slash + 1)];
}

function capitalise(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
