import type { FakeGitLabInstance } from './fake-gitlab-instance';
import { DEVELOPER, fullPath, levelOf, MAINTAINER } from './model';
import type { Caller, Project, ProtectedBranch } from './model';
import { notFound, Refused } from './refusal';
import { revokeFamily } from './token-rotation';

export const PUSH_REFUSED = 'You are not allowed to push into this branch';

const REPORTER = 20;

/**
 * Describes the right that a call needs: one of the scopes, or the permission if the token is fine-grained
 * (docs/gitlab-api.md#fine-grained-tokens).
 */
export interface Needs {
  /** Null if any scope is sufficient. */
  readonly scopes: readonly string[] | null;
  /** Null if any fine-grained token is sufficient. */
  readonly permission: string | null;
}

export const READ_SCOPES = ['api', 'read_api'] as const;
export const FILE_SCOPES = ['api', 'read_api', 'read_repository'] as const;
export const WRITE_SCOPES = ['api'] as const;

/** Authorises callers in GitLab's order: token, then scope, then project, then right. */
export class Access {
  constructor(private readonly instance: FakeGitLabInstance) {}

  authenticate(
    value: string | undefined,
    location: 'private-token' | 'bearer' = 'bearer',
    operation?: string,
  ): Caller {
    const token = value === undefined ? undefined : this.instance.accounts.tokenByValue(value);
    if (!token || (token.kind === 'oauth' && location === 'private-token'))
      throw new Refused({ is: 'unauthenticated' });
    if (token.revoked && operation === 'rotateToken') revokeFamily(this.instance, token);
    if (token.revoked) throw new Refused({ is: 'token-invalid', why: 'revoked' });
    if (token.expiresAt && token.expiresAt <= this.instance.clock.now())
      throw new Refused({ is: 'token-invalid', why: 'expired' });
    if (token.user.state === 'blocked')
      throw new Refused({ is: 'forbidden', why: 'Your account has been blocked.' });
    return { token, user: token.user };
  }

  demand({ token }: Caller, { scopes, permission }: Needs): void {
    if (token.permissions) {
      if (permission === null || token.permissions.includes(permission)) return;
      throw new Refused({ is: 'permission-missing', permission });
    }
    if (scopes === null || scopes.some((scope) => token.scopes.includes(scope))) return;
    throw new Refused({ is: 'scope-missing', needed: scopes });
  }

  /**
   * Finds the project. A numeric id never redirects; a former path does, but only for reads
   * (docs/gitlab-api.md#get-a-project).
   */
  project(caller: Caller, id: number | string, method: 'read' | 'write' = 'read'): Project {
    const project = this.instance.projects.find(id);
    if (!project || !this.mayRead(project, caller)) throw notFound('Project');
    const moved = !isNumeric(id) && fullPath(project) !== id;
    if (!moved || !this.instance.features.has('moved-projects-refused')) return project;
    if (method === 'read') throw new Refused({ is: 'moved', projectId: project.id });
    const message = 'Non GET methods are not allowed for moved projects';
    throw new Refused({ is: 'message', status: 405, message });
  }

  /** Returns the project if its code may be read (docs/gitlab-api.md#commit-answers, step 2). */
  code(caller: Caller, id: number | string, method: 'read' | 'write' = 'read'): Project {
    const project = this.project(caller, id, method);
    if (!project.repositoryEnabled) throw notFound('Repository');
    if (project.visibility === 'private' && levelOf(project, caller.user) < REPORTER)
      throw new Refused({ is: 'forbidden' });
    return project;
  }

  /** Returns the project if the caller may change its settings. */
  administered(caller: Caller, id: number | string, method: 'read' | 'write' = 'read'): Project {
    const project = this.project(caller, id, method);
    if (levelOf(project, caller.user) < MAINTAINER) throw new Refused({ is: 'forbidden' });
    return project;
  }

  /**
   * Checks for archived and deleted projects, the role and branch protection. Developers may make the first push into
   * an empty repository (docs/gitlab-api.md#empty-repository).
   */
  mayPush(project: Project, caller: Caller, branch: string): boolean {
    const { permissions } = caller.token;
    if (project.archived || project.markedForDeletionOn) return false;
    if (permissions && !permissions.includes('create_commit')) return false;
    return this.mayUpdateRef(project, caller, branch);
  }

  /** Checks the role and branch protection only. */
  mayUpdateRef(project: Project, { user }: Caller, branch: string): boolean {
    const level = levelOf(project, user);
    if (level < DEVELOPER) return false;
    const protections = project.repository.empty ? [] : protectionsOf(project, branch);
    return !protections.length || protections.some(({ pushLevel }) => pushLevel > 0 && level >= pushLevel);
  }

  private mayRead(project: Project, { user }: Caller): boolean {
    return project.visibility !== 'private' || levelOf(project, user) > 0;
  }
}

export function isNumeric(id: number | string): boolean {
  return typeof id === 'number' || /^\d+$/.test(id);
}

export function protectionsOf(project: Project, branch: string): readonly ProtectedBranch[] {
  return project.protections.filter(({ name }) => wildcard(name).test(branch));
}

export function wildcard(pattern: string): RegExp {
  const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${pattern.split('*').map(literal).join('.*')}$`);
}
