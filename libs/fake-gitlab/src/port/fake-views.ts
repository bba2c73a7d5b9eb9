import type { CommitObject, Mode } from '../git/git-objects';
import { protectionsOf } from '../instance/access';
import type { FakeGitLabInstance } from '../instance/fake-gitlab-instance';
import { fullPath } from '../instance/model';
import type * as model from '../instance/model';
import { storableDate } from '@app/gitlab';
import { BranchNotFound } from '@app/gitlab';
import type * as port from '@app/gitlab';
import { webUrlOf } from '@app/gitlab';

const KINDS: Record<Mode, port.EntryKind> = {
  '100644': 'file',
  '100755': 'file',
  '120000': 'symlink',
  '160000': 'submodule',
  '040000': 'directory',
};

export function entryKind(mode: Mode): port.EntryKind {
  return KINDS[mode];
}

export function projectView(
  instance: FakeGitLabInstance,
  { user }: model.Caller,
  project: model.Project,
): port.Project {
  const levels = [project.members.get(user.id), project.namespace.members.get(user.id)];
  const known = levels.filter((level) => level !== undefined);
  return {
    id: project.id,
    name: project.name,
    pathWithNamespace: fullPath(project),
    webUrl: webUrlOf(instance.url, fullPath(project)),
    defaultBranch: project.repository.defaultBranch,
    emptyRepo: project.repository.empty,
    archived: project.archived,
    lfsEnabled: project.lfsEnabled,
    mergeRequestsEnabled: project.mergeRequestsEnabled,
    mergeMethod: project.mergeMethod,
    squashOption: project.squashOption,
    accessLevel: known.length ? Math.max(...known) : null,
  };
}

export function branchView(
  instance: FakeGitLabInstance,
  caller: model.Caller,
  project: model.Project,
  name: string,
): port.Branch {
  const head = project.repository.head(name);
  if (!head) throw new BranchNotFound(name);
  return {
    name,
    head: commitView(head),
    default: project.repository.defaultBranch === name,
    protected: protectionsOf(project, name).length > 0,
    canPush: instance.access.mayPush(project, caller, name),
  };
}

export function commitView({ id, parents, message, author, committer }: CommitObject): port.Commit {
  return {
    id,
    parents,
    message,
    author: { name: author.name, email: author.email },
    authoredAt: storableDate(author.at) ?? new Date(0),
    committedAt: storableDate(committer.at) ?? new Date(0),
  };
}

export function hookView(instance: FakeGitLabInstance, hook: model.Hook): port.Hook {
  const showsSecrets = instance.features.has('hook-signature');
  return {
    id: hook.id,
    url: hook.url,
    pushEvents: hook.events.push_events,
    mergeRequestEvents: hook.events.merge_requests_events,
    branchFilter: hook.branchFilter || null,
    branchFilterStrategy: instance.features.has('hook-filter-strategy') ? hook.branchFilterStrategy : null,
    verifiesTls: hook.enableSslVerification,
    alertStatus: instance.deliveries.alertStatus(hook),
    disabledUntil: hook.disabledUntil,
    tokenPresent: showsSecrets ? Boolean(hook.token) : null,
    signingTokenPresent: showsSecrets ? Boolean(hook.signingToken) : null,
  };
}
