import { DomainError } from '@app/kernel';
import type { CallOptions } from '../gitlab-connector.port';
import type { Repo } from '../gitlab.types';
import type { InstanceCapabilities } from './instance-capabilities';
import type { Projects } from './projects';

/** Detects that a project was moved, reports it, and remembers its new path. */
export class MovedProjects {
  private readonly movedTo = new Map<number, string>();

  constructor(
    private readonly projects: Projects,
    private readonly memory: InstanceCapabilities,
    private readonly instanceUrl: string,
    private readonly onProjectMoved: CallOptions['onProjectMoved'],
  ) {}

  /** Returns the last known path of the project. */
  pathOf({ projectId, pathWithNamespace }: Repo): string {
    return this.movedTo.get(projectId) ?? pathWithNamespace;
  }

  /** Reads the project's path and returns whether it differs from the known one. */
  async lookUp(repo: Repo): Promise<boolean> {
    const project = await this.projects.get(repo.projectId);
    if (project.pathWithNamespace === this.pathOf(repo)) return false;
    this.movedTo.set(repo.projectId, project.pathWithNamespace);
    await this.onProjectMoved?.(project);
    return true;
  }

  /**
   * Looks the project up if the URL of one of its pages contains another path. A proxy may rewrite these URLs, so
   * each one is looked up only once.
   */
  async compareWith(page: string, repo: Repo): Promise<void> {
    const [project, rest] = page.split('/-/');
    if (rest === undefined || project.endsWith(`/${this.pathOf(repo)}`)) return;
    const key = `${this.instanceUrl} ${repo.projectId} ${project}`;
    if (this.memory.pathShownAs(key) === this.pathOf(repo)) return;
    if (await this.couldLookUp(repo)) this.memory.keepPath(key, this.pathOf(repo));
  }

  /**
   * Looks the project up and returns whether GitLab answered. The sync works without the new path, so a failed
   * look-up does not stop it.
   */
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
