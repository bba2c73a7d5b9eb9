import type { CommitObject } from '../../git/git-objects';
import { protectionsOf } from '../../instance/access';
import type { FakeGitLabInstance } from '../../instance/fake-gitlab-instance';
import { DEVELOPER, fullPath } from '../../instance/model';
import type { Caller, Project } from '../../instance/model';
import { commitEntity } from './commit';

export function branchEntity(
  instance: FakeGitLabInstance,
  caller: Caller,
  project: Project,
  name: string,
): object {
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
  mergeLevel,
  allowForcePush,
}: Project['protections'][number]): object {
  const levels = (level: number) => [{ access_level: level, access_level_description: DESCRIPTIONS[level] }];
  return {
    name,
    push_access_levels: levels(pushLevel),
    merge_access_levels: levels(mergeLevel),
    allow_force_push: allowForcePush,
  };
}

const DESCRIPTIONS: Record<number, string> = {
  0: 'No one',
  30: 'Developers + Maintainers',
  40: 'Maintainers',
};
