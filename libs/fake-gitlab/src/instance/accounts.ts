import { createHash } from 'node:crypto';
import type { FakeGitLabInstance } from './fake-gitlab-instance';
import type { Namespace, Token, User } from './model';

/** Keeps the users, groups and tokens of an instance. */
export class Accounts {
  private readonly users = new Map<string, User>();
  private readonly tokens = new Map<string, Token>();
  private readonly namespaces = new Map<string, Namespace>();
  private lastBot = 0;

  constructor(private readonly instance: FakeGitLabInstance) {}

  /** Adds a user with a namespace, or returns the existing one. */
  givenUser(
    username: string,
    more: Partial<Pick<User, 'name' | 'email' | 'bot' | 'canCreateProject'>> = {},
  ): User {
    const known = this.users.get(username);
    if (known) return known;
    const { name = capitalise(username), email = `${username}@example.com`, bot = false } = more;
    const canCreateProject = more.canCreateProject ?? !bot;
    const user: User = {
      id: this.instance.nextId(),
      username,
      name,
      email,
      bot,
      state: 'active',
      canCreateProject,
    };
    this.users.set(username, user);
    if (!bot) this.addNamespace('user', username, name).members.set(user.id, 50);
    return user;
  }

  givenGroup(path: string): Namespace {
    return this.namespaces.get(path) ?? this.addNamespace('group', path, capitalise(path));
  }

  givenToken(owner: User | string, more: Partial<Omit<Token, 'id' | 'user'>> = {}): Token {
    const user = typeof owner === 'string' ? this.givenUser(owner) : owner;
    const id = this.instance.nextId();
    const digest = createHash('sha256').update(`${user.username} token ${id}`).digest('base64url');
    const token: Token = {
      id,
      value: `glpat-${digest.slice(0, 20)}`,
      name: `token ${id}`,
      user,
      kind: 'personal',
      createdAt: this.instance.clock.now(),
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

  /** Adds a user that holds the token of a project or a group. */
  givenBot(prefix: string): User {
    const suffix = createHash('sha256').update(`${prefix} ${++this.lastBot}`).digest('hex').slice(0, 32);
    const username = `${prefix}_${suffix}`;
    return this.givenUser(username, {
      email: `${username}@noreply.${new URL(this.instance.url).hostname}`,
      bot: true,
    });
  }

  get allTokens(): readonly Token[] {
    return [...this.tokens.values()];
  }

  tokenByValue(value: string): Token | undefined {
    return this.tokens.get(value);
  }

  namespaceAt(path: string): Namespace | undefined {
    return this.namespaces.get(path);
  }

  namespaceById(id: number): Namespace | undefined {
    return [...this.namespaces.values()].find((namespace) => namespace.id === id);
  }

  namespaceOf(user: User): Namespace | undefined {
    return user.bot ? undefined : this.namespaces.get(user.username);
  }

  private addNamespace(kind: Namespace['kind'], path: string, name: string): Namespace {
    const namespace: Namespace = { id: this.instance.nextId(), kind, path, name, members: new Map() };
    this.namespaces.set(path, namespace);
    return namespace;
  }
}

function capitalise(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
