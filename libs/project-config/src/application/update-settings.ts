import { Injectable } from '@nestjs/common';
import type { Act } from '@app/audit';
import type { OrgId } from '@app/kernel';
import { parseBranchName } from '../domain/branch-name';
import { parseDirectories } from '../domain/directories';
import { ConfigurationMoved } from '../domain/project-config.errors';
import { withSettings, type SyncTarget } from '../domain/sync-target';
import { chooseBranch } from './choose-branch';
import { CurrentTarget } from './current-target';
import { TargetChanges } from './target-changes';

export interface UpdateSettingsRequest {
  readonly org: OrgId;
  readonly autoSync?: boolean;
  readonly autoPull?: boolean;
  readonly directories?: readonly string[];
  readonly branch?: string;
}

/** Changes what is named in the request and leaves the rest. */
@Injectable()
export class UpdateSettings {
  constructor(
    private readonly current: CurrentTarget,
    private readonly changes: TargetChanges,
  ) {}

  /** @throws NotConnected, NotConfigured, BranchNotFound, ConfigurationMoved */
  async execute(
    { org, autoSync, autoPull, ...request }: UpdateSettingsRequest,
    act: Act,
  ): Promise<SyncTarget> {
    const asked = request.branch === undefined ? undefined : parseBranchName(request.branch);
    const scope = request.directories && parseDirectories(request.directories);
    const target = await this.current.require(org);
    const branch =
      asked === undefined || asked === target.branch ? undefined : await this.branchOf(org, asked);
    const next = (present: SyncTarget | null) => {
      if (present?.id !== target.id) throw new ConfigurationMoved();
      return withSettings(present, { autoSync, autoPull, scope, branch });
    };
    return this.changes.apply(org, next, act);
  }

  private async branchOf(org: OrgId, asked: string): Promise<string> {
    const { target, gitlab } = await this.current.open(org);
    return chooseBranch(gitlab, await gitlab.project(target.projectId), asked);
  }
}
