import { Injectable } from '@nestjs/common';
import type { Act } from '@app/audit';
import type { OrgId } from '@app/kernel';
import { parseBranchName } from '../domain/branch-name';
import { parseDirectories } from '../domain/directories';
import { ConfigurationMoved } from '../domain/project-config.errors';
import { checkWorkBranch, type Publishing } from '../domain/publishing';
import type { ReportStatus } from '../domain/report-status';
import { withSettings, type SyncTarget } from '../domain/sync-target';
import { CheckScope } from './check-scope';
import { chooseBranch } from './choose-branch';
import { CurrentTarget } from './current-target';
import { TargetChanges } from './target-changes';

/** The settings to change; those left out stay. */
export interface UpdateSettingsRequest extends Partial<Publishing> {
  readonly org: OrgId;
  readonly directories?: readonly string[];
  readonly branch?: string;
  readonly autoSync?: boolean;
  readonly autoPull?: boolean;
  readonly messagePrefix?: string;
  readonly fallbackAuthor?: boolean;
  readonly reportStatus?: ReportStatus;
}

/** Changes the settings named in the request and keeps the others. */
@Injectable()
export class UpdateSettings {
  constructor(
    private readonly current: CurrentTarget,
    private readonly changes: TargetChanges,
    private readonly checkScope: CheckScope,
  ) {}

  /** @throws NotConnected, NotConfigured, BranchNotFound, ConfigurationInvalid, ConfigurationMoved */
  async execute({ org, directories, ...settings }: UpdateSettingsRequest, act: Act): Promise<SyncTarget> {
    const asked = settings.branch === undefined ? undefined : parseBranchName(settings.branch);
    const scope = directories && parseDirectories(directories);
    const target = await this.current.require(org);
    const branch =
      asked === undefined || asked === target.branch ? undefined : await this.branchOf(org, asked);
    const warnings =
      scope || branch !== undefined
        ? await this.checkScope.execute(
            org,
            { ...target, branch: branch ?? target.branch },
            scope ?? target.scope,
          )
        : undefined;
    const next = (present: SyncTarget | null) => {
      if (present?.id !== target.id) throw new ConfigurationMoved();
      const given = { ...settings, scope, branch, warnings };
      const changed = withSettings({ ...present, webUrl: target.webUrl }, given);
      if (settings.workBranch !== undefined || branch !== undefined)
        checkWorkBranch(changed.workBranch, changed.branch);
      return changed;
    };
    return this.changes.apply(org, next, act);
  }

  private async branchOf(org: OrgId, asked: string): Promise<string> {
    const { target, gitlab } = await this.current.open(org, { priority: 'interactive' });
    return chooseBranch(gitlab, await gitlab.project(target.projectId), asked);
  }
}
