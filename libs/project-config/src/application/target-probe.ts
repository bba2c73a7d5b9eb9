import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ConnectionProbe, CredentialsService, type Check, type Connection } from '@app/credentials';
import { BranchProtected, ProjectArchived, RateLimited, type GitLab } from '@app/gitlab';
import { DatabaseUnavailable, DomainError } from '@app/kernel';
import type { SyncTarget } from '../domain/sync-target';
import { recordMove } from './record-move';
import { SyncTargets } from './sync-targets.port';

/** Checks the token's rights in the configured project: see it, push to the branch. */
@Injectable()
export class TargetProbe extends ConnectionProbe implements OnModuleInit {
  constructor(
    private readonly targets: SyncTargets,
    private readonly credentials: CredentialsService,
  ) {
    super();
  }

  onModuleInit(): void {
    this.credentials.addProbe(this);
  }

  async probe({ id, org }: Connection, gitlab: GitLab): Promise<readonly Check[]> {
    const target = await this.targets.find(org);
    if (target?.connectionId !== id) return [];
    return [
      await check('project', () => this.seeProject(gitlab, target)),
      await check('push', () => mayPush(gitlab, target)),
    ];
  }

  private async seeProject(gitlab: GitLab, target: SyncTarget): Promise<string> {
    const project = await gitlab.project(target.projectId);
    await recordMove(this.targets, target, project);
    if (project.archived) throw new ProjectArchived();
    return `The project ${project.pathWithNamespace} exists.`;
  }
}

async function check(name: string, probe: () => Promise<string>): Promise<Check> {
  try {
    return { name, ok: true, detail: await probe() };
  } catch (error) {
    if (error instanceof DatabaseUnavailable) throw error;
    if (error instanceof RateLimited && error.by === 'dot') throw error;
    if (error instanceof DomainError) return { name, ok: false, detail: error.message };
    throw error;
  }
}

async function mayPush(gitlab: GitLab, { projectId, branch }: SyncTarget): Promise<string> {
  const { emptyRepo } = await gitlab.project(projectId);
  if (emptyRepo) return `The repository is empty; the first push creates the branch ${branch}.`;
  const { canPush } = await gitlab.branch(projectId, branch);
  if (!canPush) throw new BranchProtected(branch);
  return `The token may push to the branch ${branch}.`;
}
