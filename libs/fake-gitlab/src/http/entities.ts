import type { CommitObject } from '../git/git-objects';
import { shownAs } from '../git/names';
import { patchText } from '../git/patch';
import { diffTrees } from '../git/tree-diff';
import type { Difference } from '../git/tree-diff';
import { protectionsOf } from '../instance/access';
import type { FakeGitLabInstance } from '../instance/fake-gitlab-instance';
import { DEVELOPER, fullPath } from '../instance/model';
import type { Caller, Hook, Namespace, Project, Token, User } from '../instance/model';

type Instance = FakeGitLabInstance;

export function userEntity(instance: Instance, user: User): object {
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

export function tokenEntity(instance: Instance, token: Token): object {
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

export function namespaceEntity(instance: Instance, { id, name, path, kind }: Namespace): object {
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

export function projectEntity(instance: Instance, { user }: Caller, project: Project): object {
  const path = fullPath(project);
  const webUrl = `${instance.url}/${path}`;
  const own = project.members.get(user.id);
  const inherited = project.namespace.members.get(user.id);
  return {
    id: project.id,
    description: project.description,
    name: project.name,
    name_with_namespace: `${project.namespace.name} / ${project.name}`,
    path: project.path,
    path_with_namespace: path,
    created_at: project.createdAt.toISOString(),
    default_branch: project.repository.defaultBranch,
    ssh_url_to_repo: `git@${new URL(instance.url).hostname}:${path}.git`,
    http_url_to_repo: `${webUrl}.git`,
    web_url: webUrl,
    namespace: namespaceEntity(instance, project.namespace),
    visibility: project.visibility,
    archived: project.archived,
    lfs_enabled: project.lfsEnabled,
    empty_repo: project.repository.empty,
    marked_for_deletion_on: project.markedForDeletionOn?.toISOString().slice(0, 10) ?? null,
    repository_access_level: project.repositoryEnabled ? 'enabled' : 'disabled',
    import_status: 'none',
    last_activity_at: project.lastActivityAt.toISOString(),
    creator_id: project.creator.id,
    permissions: {
      project_access: own === undefined ? null : { access_level: own, notification_level: 3 },
      group_access: inherited === undefined ? null : { access_level: inherited, notification_level: 3 },
    },
  };
}

export function branchEntity(instance: Instance, caller: Caller, project: Project, name: string): object {
  const { repository } = project;
  const head = repository.head(name) as CommitObject;
  const defaultHead = repository.head(repository.defaultBranch ?? '');
  const rules = protectionsOf(project, name);
  const developers = rules.some(({ pushLevel }) => pushLevel === DEVELOPER);
  const isDefault = repository.defaultBranch === name;
  return {
    name,
    commit: commitEntity(instance, project, head),
    merged:
      !isDefault && defaultHead !== undefined && repository.history.ancestors([defaultHead.id]).has(head.id),
    protected: rules.length > 0,
    developers_can_push: developers,
    developers_can_merge: developers,
    can_push: instance.access.mayPush(project, caller, name),
    default: isDefault,
    web_url: `${instance.url}/${fullPath(project)}/-/tree/${encodeURI(name)}`,
  };
}

export function protectedBranchEntity({
  name,
  pushLevel,
  allowForcePush,
}: Project['protections'][number]): object {
  const levels = [{ access_level: pushLevel, access_level_description: DESCRIPTIONS[pushLevel] }];
  return { name, push_access_levels: levels, merge_access_levels: levels, allow_force_push: allowForcePush };
}

const DESCRIPTIONS: Record<number, string> = {
  0: 'No one',
  30: 'Developers + Maintainers',
  40: 'Maintainers',
};

export function commitEntity(instance: Instance, project: Project, commit: CommitObject): object {
  return {
    id: commit.id,
    short_id: commit.id.slice(0, 8),
    created_at: gitTime(commit.committer.at),
    parent_ids: commit.parents,
    title: commit.message.split('\n')[0],
    message: commit.message,
    author_name: commit.author.name,
    author_email: commit.author.email,
    authored_date: gitTime(commit.author.at),
    committer_name: commit.committer.name,
    committer_email: commit.committer.email,
    committed_date: gitTime(commit.committer.at),
    ...trailersOf(commit.message),
    web_url: `${instance.url}/${fullPath(project)}/-/commit/${commit.id}`,
  };
}

export function commitDetailEntity(
  instance: Instance,
  project: Project,
  commit: CommitObject,
  stats: boolean,
): object {
  return {
    ...commitEntity(instance, project, commit),
    ...(stats && { stats: statsOf(project, commit) }),
    status: null,
    project_id: project.id,
    last_pipeline: null,
  };
}

export function differenceEntity(instance: Instance, { repository }: Project, row: Difference): object {
  const text = patchText(repository.objects, row);
  const tooLarge = Buffer.byteLength(text) > instance.settings.patchBytes;
  return {
    diff: tooLarge ? '' : text,
    ...(instance.features.has('diff-collapsed') && { collapsed: false, too_large: tooLarge }),
    new_path: shownAs(row.path),
    old_path: shownAs(row.from),
    a_mode: row.before?.mode ?? '0',
    b_mode: row.after?.mode ?? '0',
    new_file: !row.before,
    renamed_file: row.from !== row.path,
    deleted_file: !row.after,
    generated_file: null,
  };
}

export function hookEntity(instance: Instance, hook: Hook): object {
  const signing = instance.features.has('hook-signature');
  return {
    id: hook.id,
    url: hook.url,
    name: hook.name,
    description: hook.description,
    created_at: hook.createdAt.toISOString(),
    ...hook.events,
    push_events_branch_filter: hook.branchFilter,
    branch_filter_strategy: hook.branchFilterStrategy,
    enable_ssl_verification: hook.enableSslVerification,
    alert_status: instance.deliveries.alertStatus(hook),
    disabled_until: hook.disabledUntil?.toISOString() ?? null,
    custom_webhook_template: null,
    custom_headers: hook.customHeaders.map(({ key }) => ({ key })),
    url_variables: [],
    project_id: hook.projectId,
    repository_update_events: false,
    ...(signing && { token_present: Boolean(hook.token), signing_token_present: Boolean(hook.signingToken) }),
  };
}

/** First-parent differences of one commit. */
export function differencesOf({ repository }: Project, commit: CommitObject): Difference[] {
  const parent = repository.objects.commit(commit.parents[0] ?? '');
  return diffTrees(repository.objects, parent?.tree ?? repository.objects.emptyTree, commit.tree);
}

function statsOf(project: Project, commit: CommitObject): object {
  const lines = differencesOf(project, commit)
    .flatMap((row) => patchText(project.repository.objects, row).split('\n'))
    .filter((line) => !line.startsWith('\\'));
  const additions = lines.filter((line) => line.startsWith('+')).length;
  const deletions = lines.filter((line) => line.startsWith('-')).length;
  return { additions, deletions, total: additions + deletions };
}

function trailersOf(message: string): object {
  const last = message.trimEnd().split(/\n\n/).slice(1).at(-1)?.split('\n') ?? [];
  const pairs = last.map((line) => /^([A-Za-z0-9-]+): (.+)$/.exec(line));
  const found = pairs.every((pair) => pair !== null) ? pairs : [];
  const extended: Record<string, string[]> = {};
  for (const [, key, value] of found) (extended[key] ??= []).push(value);
  const trailers = Object.fromEntries(found.map(([, key, value]) => [key, value]));
  return { trailers, extended_trailers: extended };
}

function gitTime(at: Date): string {
  return at.toISOString().replace('Z', '+00:00');
}
