import { DomainError } from '@app/kernel';
import type { CallOptions, Repo } from '../gitlab.port';
import type { InstanceCapabilities } from './instance-capabilities';
import type { Projects } from './projects';

/** Finds out that a project was moved, reports it, and knows its path from then on. */
export class MovedProjects {
  private readonly movedTo = new Map<number, string>();

  constructor(
    private readonly projects: Projects,
    private readonly memory: InstanceCapabilities,
    private readonly instanceUrl: string,
    private readonly onProjectMoved: CallOptions['onProjectMoved'],
  ) {}

  /** Returns the path of the project as far as it is known. */
  pathOf({ projectId, pathWithNamespace }: Repo): string {
    return this.movedTo.get(projectId) ?? pathWithNamespace;
  }

  /** Asks for the project's path, and returns whether it is another than the known one. */
  async lookUp(repo: Repo): Promise<boolean> {
    const project = await this.projects.get(repo.projectId);
    if (project.pathWithNamespace === this.pathOf(repo)) return false;
    this.movedTo.set(repo.projectId, project.pathWithNamespace);
    await this.onProjectMoved?.(project);
    return true;
  }

  /**
   * Looks the project up if a page of it has another path than the known one. A proxy may rewrite pages so that they never have
   * it: a page that was looked up already is not a reason to ask again.
   */
  async compareWith(page: string, repo: Repo): Promise<void> {
    const [project, rest] = page.split('/-/');
    if (rest === undefined || project.endsWith(`/${this.pathOf(repo)}`)) return;
    const key = `${this.instanceUrl} ${repo.projectId} ${project}`;
    if (this.memory.pathShownAs(key) === this.pathOf(repo)) return;
    if (await this.couldLookUp(repo)) this.memory.keepPath(key, this.pathOf(repo));
  }

  /** The sync works without the new path: what keeps it from being asked for is no reason to stop. */
  private async couldLookUp(repo: Repo): Promise<boolean> {
    try {
      await this.lookUp(repo);
      return true;
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      return error.kind !== 'unavailable';
    }
  }
}
