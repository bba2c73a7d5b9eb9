import { Repository } from '../git/repository';
import { isNumeric } from './access';
import type { FakeGitLabInstance } from './fake-gitlab-instance';
import { fullPath } from './model';
import type { Project } from './model';

/** A project, its id, or its full path, current or former. */
export type ProjectRef = Project | number | string;

/** Describes a project to add. */
export type NewProject = Pick<Project, 'creator' | 'namespace' | 'path' | 'name'> &
  Partial<Pick<Project, 'description' | 'visibility' | 'pushRules' | 'forkedFrom'>> & {
    readonly defaultBranch?: string;
  };

/** Keeps the projects of an instance, and the paths they had. */
export class Projects {
  private readonly projects = new Map<number, Project>();
  private readonly formerPaths = new Map<string, number>();

  constructor(private readonly instance: FakeGitLabInstance) {}

  get all(): readonly Project[] {
    return [...this.projects.values()];
  }

  add(given: NewProject): Project {
    const now = this.instance.clock.now();
    const project: Project = {
      id: this.instance.nextId(),
      repository:
        given.forkedFrom?.repository.fork() ??
        new Repository(given.defaultBranch ?? this.instance.settings.defaultBranch),
      createdAt: now,
      lastActivityAt: now,
      members: new Map([[given.creator.id, 50]]),
      hooks: new Map(),
      mergeRequests: new Map(),
      closedIssues: [],
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
      mergeRequestsEnabled: true,
      mergeMethod: 'merge',
      squashOption: 'default_off',
      automaticRebase: false,
      forkedFrom: given.forkedFrom ?? null,
      protections: [],
      pushRules: given.pushRules ?? {},
    };
    this.projects.set(project.id, project);
    return project;
  }

  /** Returns the project. @throws Error if it does not exist, which is a mistake in the test */
  get(ref: ProjectRef): Project {
    const project = typeof ref === 'object' ? ref : this.find(ref);
    if (!project) throw new Error(`the fake GitLab has no project ${String(ref)}`);
    return project;
  }

  /** Finds a project by id or full path, current or former. */
  find(id: number | string): Project | undefined {
    if (isNumeric(id)) return this.projects.get(Number(id));
    const current = [...this.projects.values()].find((project) => fullPath(project) === id);
    return current ?? this.projects.get(this.formerPaths.get(String(id)) ?? -1);
  }

  /** Moves the project. The old path still leads to it. */
  move(ref: ProjectRef, path: string): void {
    const project = this.get(ref);
    this.formerPaths.set(fullPath(project), project.id);
    const [namespacePath, slug] = splitPath(path);
    project.namespace =
      this.instance.accounts.namespaceAt(namespacePath) ?? this.instance.givenGroup(namespacePath);
    project.path = slug;
  }

  delete(ref: ProjectRef): void {
    this.projects.delete(this.get(ref).id);
  }
}

/** Splits a full path into the path of the namespace and the last part. */
export function splitPath(path: string): [string, string] {
  const slash = path.lastIndexOf('/');
  return [path.slice(0, slash), path.slice(slash + 1)];
}
