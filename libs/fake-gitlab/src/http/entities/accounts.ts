import type { FakeGitLabInstance } from '../../instance/fake-gitlab-instance';
import type { Namespace, Token, User } from '../../instance/model';

export function userEntity(instance: FakeGitLabInstance, user: User): object {
  return {
    id: user.id,
    username: user.username,
    name: user.name,
    state: user.state,
    locked: false,
    avatar_url: null,
    web_url: `${instance.url}/${user.username}`,
    created_at: '2026-01-01T00:00:00.000Z',
    bot: user.bot,
    email: user.email,
    commit_email: user.email,
    two_factor_enabled: false,
    can_create_group: !user.bot,
    can_create_project: user.canCreateProject,
  };
}

export function tokenEntity(instance: FakeGitLabInstance, token: Token): object {
  const expired = token.expiresAt !== null && token.expiresAt <= instance.clock.now();
  return {
    id: token.id,
    name: token.name,
    revoked: token.revoked,
    created_at: token.createdAt.toISOString(),
    description: null,
    scopes: token.scopes,
    user_id: token.user.id,
    last_used_at: instance.clock.now().toISOString(),
    active: !token.revoked && !expired,
    expires_at: token.expiresAt?.toISOString().slice(0, 10) ?? null,
    ...(instance.features.has('granular-tokens') && { expired, granular: token.permissions !== null }),
  };
}

export function namespaceEntity(instance: FakeGitLabInstance, { id, name, path, kind }: Namespace): object {
  return {
    id,
    name,
    path,
    kind,
    full_path: path,
    parent_id: null,
    avatar_url: null,
    web_url: `${instance.url}/${path}`,
  };
}
