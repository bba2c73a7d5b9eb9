import type { FakeGitLabInstance } from '../../instance/fake-gitlab-instance';
import { fullPath } from '../../instance/model';
import type { Caller, Project } from '../../instance/model';
import { namespaceEntity } from './accounts';

export function projectEntity(instance: FakeGitLabInstance, { user }: Caller, project: Project): object {
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
    merge_requests_enabled: project.mergeRequestsEnabled,
    merge_requests_access_level: project.mergeRequestsEnabled ? 'enabled' : 'disabled',
    merge_method: project.mergeMethod,
    squash_option: project.squashOption,
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
