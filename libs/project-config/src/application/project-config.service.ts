import { Injectable } from '@nestjs/common';
import type { Act } from '@app/audit';
import type { Branch, CallOptions, Project } from '@app/gitlab';
import { Scope, type OrgId, type Page } from '@app/kernel';
import type { SyncTarget, TargetLocation } from '../domain/sync-target';
import { ConfigureProject, type ConfigureRequest } from './configure-project';
import { CurrentTarget, type OpenTarget } from './current-target';
import { CurrentWarnings } from './current-warnings';
import { DraftTarget, type Draft } from './draft-target';
import { ListProjects, type SearchRequest } from './list-projects';
import { RemoveProject } from './remove-project';
import type { ScopeEvidence } from './scope-evidence.port';
import { UpdateSettings, type UpdateSettingsRequest } from './update-settings';

/** What the module offers to others: which project, branch and scope an org syncs with. */
@Injectable()
export class ProjectConfigService {
  constructor(
    private readonly current: CurrentTarget,
    private readonly choices: ListProjects,
    private readonly configureProject: ConfigureProject,
    private readonly updateSettings: UpdateSettings,
    private readonly removeProject: RemoveProject,
    private readonly currentWarnings: CurrentWarnings,
    private readonly drafts: DraftTarget,
  ) {}

  /** Null also where what is configured belongs to a former connection. */
  target(org: OrgId): Promise<SyncTarget | null> {
    return this.current.find(org);
  }

  /** Where many orgs sync with, read at once; those without a target are left out. */
  locations(orgs: readonly OrgId[]): Promise<Map<OrgId, TargetLocation>> {
    return this.current.locations(orgs);
  }

  /** @throws NotConnected, NotConfigured */
  requireTarget(org: OrgId): Promise<SyncTarget> {
    return this.current.require(org);
  }

  /** The target and the GitLab it lies on, of one connection. @throws NotConnected, NotConfigured */
  open(org: OrgId, options?: CallOptions): Promise<OpenTarget> {
    return this.current.open(org, options);
  }

  /** The same for a target that is not configured, or not yet; stores nothing. @throws NotConnected, what `configure` throws */
  openDraft(org: OrgId, draft: Draft): Promise<OpenTarget> {
    return this.drafts.execute(org, draft);
  }

  /** The default scope before a project is configured. */
  async scopeOf(org: OrgId): Promise<Scope> {
    return (await this.target(org))?.scope ?? new Scope();
  }

  /** Targets by org, after the given one, over all orgs: for the sweeper. `next` is null at the end. */
  targetsAfter(org: OrgId | null, limit: number): Promise<{ targets: SyncTarget[]; next: OrgId | null }> {
    return this.current.after(org, limit);
  }

  /** Returns what is wrong with the directories of a target, in sentences for a person. */
  warnings(target: SyncTarget): Promise<readonly string[]> {
    return this.currentWarnings.execute(target);
  }

  /** From then on it is asked too whether a directory has files. */
  addEvidence(evidence: ScopeEvidence): void {
    this.currentWarnings.addEvidence(evidence);
  }

  /** @throws NotConnected */
  projects(org: OrgId, request: SearchRequest): Promise<Page<Project>> {
    return this.choices.projects(org, request);
  }

  /** @throws NotConnected, ProjectNotFound */
  branches(org: OrgId, projectId: number, request: SearchRequest): Promise<Page<Branch>> {
    return this.choices.branches(org, projectId, request);
  }

  configure(request: ConfigureRequest, act: Act): Promise<SyncTarget> {
    return this.configureProject.execute(request, act);
  }

  update(request: UpdateSettingsRequest, act: Act): Promise<SyncTarget> {
    return this.updateSettings.execute(request, act);
  }

  /** @throws NotConnected, NotConfigured */
  remove(org: OrgId, act: Act): Promise<void> {
    return this.removeProject.execute(org, act);
  }
}
