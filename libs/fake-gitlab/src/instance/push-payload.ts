import { shownAs } from '../git/names';
import { diffTrees } from '../git/tree-diff';
import type { CommitObject } from '../git/git-objects';
import type { FakeGitLabInstance } from './fake-gitlab-instance';
import { protectionsOf } from './access';
import { fullPath } from './model';
import type { Project } from './model';
import { NO_COMMIT } from './pushes';
import type { Push } from './pushes';

const MOST_COMMITS = 20;
const VISIBILITY_LEVELS = { private: 0, internal: 10, public: 20 };

/** Returns the body of a push hook (docs/gitlab-api.md#push-payload). */
export function pushPayload(instance: FakeGitLabInstance, push: Push): Record<string, unknown> {
  const commits = commitsOf(push);
  return payload(instance, push, commits.slice(-MOST_COMMITS), commits.length);
}

/**
 * Returns the body that "Test" sends: up to three commits of the default branch, newest first, without a real push
 * (docs/gitlab-api.md#manage-hooks).
 */
export function samplePayload(
  instance: FakeGitLabInstance,
  project: Project,
): Record<string, unknown> | null {
  const branch = project.repository.defaultBranch;
  const head = branch === null ? undefined : project.repository.head(branch);
  if (branch === null || !head) return null;
  const newest = [...project.repository.history.log([head.id])].slice(0, 3);
  const before = newest[newest.length - 1].id;
  const push: Push = { project, branch, before, after: head.id, user: project.creator, wasEmpty: false };
  return payload(instance, push, newest, newest.length);
}

/**
 * Returns the commits of the payload. A force push is not marked. A new branch lists commits that the default branch
 * lacks, and a deletion lists none.
 */
function commitsOf({ project, branch, before, after, wasEmpty }: Push): CommitObject[] {
  const { repository } = project;
  if (after === NO_COMMIT) return [];
  if (before !== NO_COMMIT) return repository.history.between(before, after);
  const defaultHead =
    repository.defaultBranch === branch ? undefined : repository.head(repository.defaultBranch ?? '');
  return repository.history.between(wasEmpty ? null : (defaultHead?.id ?? null), after);
}

function payload(
  instance: FakeGitLabInstance,
  { project, branch, before, after, user }: Push,
  commits: readonly CommitObject[],
  total: number,
): Record<string, unknown> {
  const { webUrl, sshUrl, httpUrl } = urlsOf(instance, project);
  return {
    object_kind: 'push',
    event_name: 'push',
    before,
    after,
    ref: `refs/heads/${branch}`,
    ref_protected: protectionsOf(project, branch).length > 0,
    checkout_sha: after === NO_COMMIT ? null : after,
    message: null,
    user_id: user.id,
    user_name: user.name,
    user_username: user.username,
    user_email: null,
    user_avatar: null,
    project_id: project.id,
    project: projectPayload(instance, project),
    commits: commits.map((commit) => describeCommit(project, commit, webUrl)),
    total_commits_count: total,
    push_options: {},
    repository: {
      ...repositoryPayload(instance, project),
      git_http_url: httpUrl,
      git_ssh_url: sshUrl,
      visibility_level: VISIBILITY_LEVELS[project.visibility],
    },
  };
}

/** Returns the project as the bodies of all hooks describe it. */
export function projectPayload(instance: FakeGitLabInstance, project: Project): object {
  const { webUrl, sshUrl, httpUrl } = urlsOf(instance, project);
  return {
    id: project.id,
    name: project.name,
    description: project.description,
    web_url: webUrl,
    avatar_url: null,
    git_ssh_url: sshUrl,
    git_http_url: httpUrl,
    namespace: project.namespace.name,
    visibility_level: VISIBILITY_LEVELS[project.visibility],
    path_with_namespace: fullPath(project),
    default_branch: project.repository.defaultBranch,
    ci_config_path: null,
    homepage: webUrl,
    url: sshUrl,
    ssh_url: sshUrl,
    http_url: httpUrl,
  };
}

export function repositoryPayload(instance: FakeGitLabInstance, project: Project): object {
  const { webUrl, sshUrl } = urlsOf(instance, project);
  return { name: project.name, url: sshUrl, description: project.description, homepage: webUrl };
}

function urlsOf({ url }: FakeGitLabInstance, project: Project) {
  const webUrl = `${url}/${fullPath(project)}`;
  const sshUrl = `git@${new URL(url).hostname}:${fullPath(project)}.git`;
  return { webUrl, sshUrl, httpUrl: `${webUrl}.git` };
}

function describeCommit({ repository }: Project, commit: CommitObject, webUrl: string) {
  const parent = repository.objects.commit(commit.parents[0] ?? '');
  const rows = diffTrees(repository.objects, parent?.tree ?? repository.objects.emptyTree, commit.tree);
  const paths = (wanted: (row: (typeof rows)[number]) => boolean) =>
    rows.filter(wanted).map(({ path }) => shownAs(path));
  return {
    id: commit.id,
    message: commit.message,
    title: commit.message.split('\n')[0],
    timestamp: commit.author.at.toISOString().replace('.000Z', '+00:00'),
    url: `${webUrl}/-/commit/${commit.id}`,
    author: { name: commit.author.name, email: commit.author.email },
    // For a rename GitLab lists only the new name, under `added`; no list contains the old name.
    added: paths((row) => !row.before || row.from !== row.path),
    modified: paths((row) => row.before !== undefined && row.after !== undefined && row.from === row.path),
    removed: paths((row) => !row.after),
  };
}
