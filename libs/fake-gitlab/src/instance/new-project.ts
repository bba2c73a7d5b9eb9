import type { FakeGitLabInstance } from './fake-gitlab-instance';
import { DEVELOPER } from './model';
import type { Caller, Namespace, Project } from './model';
import { Refused } from './refusal';

const NAME =
  /^[\p{L}\p{N}\p{Extended_Pictographic}_][\p{L}\p{N}\p{Pd}\p{Extended_Pictographic}\u200d\ufe0f_. +-]*$/u;
const NAME_FAULT =
  "can contain only letters, digits, emoji, '_', '.', '+', dashes, or spaces. It must start with a letter, digit, emoji, or '_'.";

export interface NewProject {
  readonly name?: string;
  readonly path?: string;
  readonly namespaceId?: number;
  readonly visibility?: Project['visibility'];
  readonly description?: string;
  readonly defaultBranch?: string;
  readonly initializeWithReadme?: boolean;
}

/** Serves `POST /projects` (docs/gitlab-api.md#create-a-project). */
export function createProject(instance: FakeGitLabInstance, caller: Caller, wanted: NewProject): Project {
  const { name = wanted.path ?? '', path = slugOf(name) } = wanted;
  const namespace = namespaceFor(instance, caller, wanted.namespaceId);
  if (!NAME.test(name)) throw invalid({ name: [NAME_FAULT] });
  if (instance.projects.find(`${namespace.path}/${path}`) || nameTaken(instance, namespace, name)) {
    const taken = ['has already been taken'];
    throw invalid({ 'project_namespace.name': taken, name: taken, path: taken });
  }
  const { visibility, description, defaultBranch } = wanted;
  const project = instance.projects.add({
    creator: caller.user,
    namespace,
    path,
    name,
    visibility,
    description,
    defaultBranch,
  });
  if (wanted.initializeWithReadme)
    addReadme(instance, caller, project, defaultBranch ?? instance.settings.defaultBranch);
  return project;
}

function namespaceFor(instance: FakeGitLabInstance, { user }: Caller, id: number | undefined): Namespace {
  const namespace =
    id === undefined ? instance.accounts.namespaceOf(user) : instance.accounts.namespaceById(id);
  const level = namespace?.members.get(user.id) ?? 0;
  if (!namespace || level < DEVELOPER) throw invalid({ namespace: ['is not valid'] });
  if (namespace.kind === 'user' && !user.canCreateProject)
    throw new Refused({ is: 'bad-parameter', status: 403, error: 'Your project limit is 0 projects!' });
  return namespace;
}

function nameTaken(instance: FakeGitLabInstance, namespace: Namespace, name: string): boolean {
  return instance.projects.all.some((project) => project.namespace === namespace && project.name === name);
}

function addReadme(instance: FakeGitLabInstance, { user }: Caller, project: Project, branch: string): void {
  const { objects } = project.repository;
  const id = objects.writeBlob(Buffer.from(`# ${project.name}\n`));
  const at = instance.clock.now();
  const commit = objects.writeCommit({
    tree: objects.writeTree(new Map([['README.md', { mode: '100644', id }]])),
    parents: [],
    author: { name: user.name, email: user.email, at },
    committer: { name: user.name, email: user.email, at },
    message: 'Initial commit',
  });
  instance.pushes.moveBranch(project, branch, commit.id, user);
}

function slugOf(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9_.]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '');
}

function invalid(attributes: Record<string, readonly string[]>) {
  return new Refused({ is: 'invalid', status: 400, attributes });
}
