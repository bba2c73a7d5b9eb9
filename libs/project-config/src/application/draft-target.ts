import { Injectable } from '@nestjs/common';
import { CredentialsService } from '@app/credentials';
import { ProjectArchived } from '@app/gitlab';
import { Clock, Scope, type OrgId } from '@app/kernel';
import { parseBranchName } from '../domain/branch-name';
import { parseDirectories } from '../domain/directories';
import { nextTarget } from '../domain/sync-target';
import { chooseBranch } from './choose-branch';
import { published, type ConfigureRequest } from './configure-project';
import type { OpenTarget } from './current-target';
import { SyncTargets } from './sync-targets.port';

/** A target that somebody thinks of. */
export type Draft = Omit<ConfigureRequest, 'org' | 'create'> & { readonly projectId: number };

/** Opens the target that `ConfigureProject` would store, and stores nothing. */
@Injectable()
export class DraftTarget {
  constructor(
    private readonly credentials: CredentialsService,
    private readonly targets: SyncTargets,
    private readonly clock: Clock,
  ) {}

  /** @throws NotConnected, ConfigurationInvalid, ProjectNotFound, ProjectArchived, BranchNotFound */
  async execute(org: OrgId, draft: Draft): Promise<OpenTarget> {
    const { onConflict = 'newest' } = draft;
    const asked = draft.branch === undefined ? undefined : parseBranchName(draft.branch);
    const scope = draft.directories ? parseDirectories(draft.directories) : new Scope();
    const { connection, gitlab } = await this.credentials.open(org, { priority: 'interactive' });
    const project = await gitlab.project(draft.projectId);
    if (project.archived) throw new ProjectArchived();
    const branch = await chooseBranch(gitlab, project, asked);
    const { id: projectId, pathWithNamespace, webUrl } = project;
    const next = nextTarget(await this.targets.find(org), {
      ...{
        org,
        connectionId: connection.id,
        projectId,
        pathWithNamespace,
        webUrl,
        branch,
        scope,
        onConflict,
      },
      ...{ warnings: [], created: false, configuredAt: this.clock.now(), configuredBy: '' },
    });
    return { target: published(next, draft), gitlab };
  }
}
