import { Injectable } from '@nestjs/common';
import type { Act } from '@app/audit';
import { CredentialsService, type OpenConnection } from '@app/credentials';
import { ProjectArchived, ProjectNotFound, TokenCannotCreateProjects, type Project } from '@app/gitlab';
import { Clock, Scope, type OrgId } from '@app/kernel';
import { parseBranchName } from '../domain/branch-name';
import { parseDirectories } from '../domain/directories';
import { ConfigurationInvalid } from '../domain/project-config.errors';
import { checkWorkBranch, type Publishing } from '../domain/publishing';
import { nextTarget, withSettings, type OnConflict, type SyncTarget } from '../domain/sync-target';
import { CheckScope } from './check-scope';
import { chooseBranch } from './choose-branch';
import { SyncTargets } from './sync-targets.port';
import { TargetChanges } from './target-changes';

/** The project, branch and directories to sync with. */
export interface ConfigureRequest extends Partial<Publishing> {
  readonly org: OrgId;
  /** An existing project; with `create`, a new private one. */
  readonly projectId?: number;
  readonly create?: { readonly name: string };
  readonly branch?: string;
  readonly directories?: readonly string[];
  readonly onConflict?: OnConflict;
}

/** Selects or creates the project that an org syncs with. */
@Injectable()
export class ConfigureProject {
  constructor(
    private readonly credentials: CredentialsService,
    private readonly targets: SyncTargets,
    private readonly changes: TargetChanges,
    private readonly checkScope: CheckScope,
    private readonly clock: Clock,
  ) {}

  async execute(request: ConfigureRequest, act: Act): Promise<SyncTarget> {
    const { org, onConflict = 'newest' } = request;
    const choice = choiceOf(request);
    const asked = request.branch === undefined ? undefined : parseBranchName(request.branch);
    const scope = request.directories ? parseDirectories(request.directories) : new Scope();

    const open = await this.credentials.open(org, { priority: 'interactive' });
    const { project, created } = await this.projectOf(open, choice, act);
    if (project.archived) throw new ProjectArchived();
    const branch = await chooseBranch(open.gitlab, project, asked);

    const { id: projectId, pathWithNamespace, webUrl } = project;
    const warnings = project.emptyRepo
      ? []
      : await this.checkScope.execute(org, { projectId, pathWithNamespace, branch }, scope);
    const configuration = {
      ...{ org, connectionId: open.connection.id, projectId, pathWithNamespace, webUrl, branch, scope },
      warnings,
      ...{ created, onConflict, configuredAt: this.clock.now(), configuredBy: act.by.name },
    };
    const next = (present: SyncTarget | null) => published(nextTarget(present, configuration), request);
    return this.changes.apply(org, next, act);
  }

  private async projectOf(
    open: OpenConnection,
    choice: Choice,
    act: Act,
  ): Promise<{ project: Project; created: boolean }> {
    if ('projectId' in choice)
      return { project: await open.gitlab.project(choice.projectId), created: false };
    if (!open.connection.canCreateProjects) throw new TokenCannotCreateProjects();
    const before = await this.createdBefore(open, choice.name);
    if (before) return { project: before, created: true };
    await act.begin(`new project ${choice.name}`);
    return { project: await open.gitlab.createProject(choice.name), created: true };
  }

  /** Finds the project of an earlier request, if the same request is sent again because its answer was lost. */
  private async createdBefore({ connection, gitlab }: OpenConnection, name: string): Promise<Project | null> {
    const present = await this.targets.find(connection.org);
    if (!present?.created || present.connectionId !== connection.id) return null;
    try {
      const project = await gitlab.project(present.projectId);
      return project.name === name ? project : null;
    } catch (error) {
      if (error instanceof ProjectNotFound) return null;
      throw error;
    }
  }
}

/** Applies the choice of how changes are published. @throws ConfigurationInvalid */
export function published(
  target: SyncTarget,
  { publish, workBranch, quietSeconds }: Partial<Publishing>,
): SyncTarget {
  const chosen = withSettings(target, { publish, workBranch, quietSeconds });
  if (publish !== undefined || workBranch !== undefined) checkWorkBranch(chosen.workBranch, chosen.branch);
  return chosen;
}

type Choice = { readonly projectId: number } | { readonly name: string };

function choiceOf({ projectId, create }: ConfigureRequest): Choice {
  if (projectId !== undefined && !create) return { projectId };
  if (create && projectId === undefined) return { name: create.name.trim() };
  const detail = 'give either projectId or create, not both';
  throw new ConfigurationInvalid(['projectId', 'create'].map((field) => ({ field, detail })));
}
