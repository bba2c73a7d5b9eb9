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
import type { ProposalFacts } from './proposal-facts.port';
import { projectView, type ProjectView } from './project.view';
import { RemoveProject } from './remove-project';
import type { ScopeEvidence } from './scope-evidence.port';
import { UpdateSettings, type UpdateSettingsRequest } from './update-settings';

/** Offers the project, branch and scope of an org to other modules. */
@Injectable()
export class ProjectConfigService {
  private proposals: ProposalFacts | null = null;

  constructor(
    private readonly current: CurrentTarget,
    private readonly choices: ListProjects,
    private readonly configureProject: ConfigureProject,
    private readonly updateSettings: UpdateSettings,
    private readonly removeProject: RemoveProject,
    private readonly currentWarnings: CurrentWarnings,
    private readonly drafts: DraftTarget,
  ) {}

  /** Returns the org's target; null also if it belongs to a former connection. */
  target(org: OrgId): Promise<SyncTarget | null> {
    return this.current.find(org);
  }

  /** Reads the locations of many orgs in one query; leaves out orgs without a target. */
  locations(orgs: readonly OrgId[]): Promise<Map<OrgId, TargetLocation>> {
    return this.current.locations(orgs);
  }

  /** @throws NotConnected, NotConfigured */
  requireTarget(org: OrgId): Promise<SyncTarget> {
    return this.current.require(org);
  }

  /** Returns the target and the GitLab client of one connection. @throws NotConnected, NotConfigured */
  open(org: OrgId, options?: CallOptions): Promise<OpenTarget> {
    return this.current.open(org, options);
  }

  /** Opens a target that is not configured; stores nothing. @throws NotConnected, and the errors of `configure` */
  openDraft(org: OrgId, draft: Draft): Promise<OpenTarget> {
    return this.drafts.execute(org, draft);
  }

  /** Returns the org's scope; the default scope if no project is configured. */
  async scopeOf(org: OrgId): Promise<Scope> {
    return (await this.target(org))?.scope ?? new Scope();
  }

  /** Returns targets over all orgs, by org, after the given one: for the sweeper. `next` is null at the end. */
  targetsAfter(org: OrgId | null, limit: number): Promise<{ targets: SyncTarget[]; next: OrgId | null }> {
    return this.current.after(org, limit);
  }

  /** Returns the problems of a target's directories, in sentences for a person. */
  warnings(target: SyncTarget): Promise<readonly string[]> {
    return this.currentWarnings.execute(target);
  }

  /** Adds a source that knows whether a directory has files. */
  addEvidence(evidence: ScopeEvidence): void {
    this.currentWarnings.addEvidence(evidence);
  }

  /** Sets the source that knows the proposals. */
  useProposals(proposals: ProposalFacts): void {
    this.proposals = proposals;
  }

  /** Returns a target as shown to people. */
  async view(target: SyncTarget): Promise<ProjectView> {
    const [warnings, proposal] = await Promise.all([this.warnings(target), this.proposals?.of(target)]);
    const all = [...warnings, ...(proposal?.warnings ?? [])];
    return projectView(target, all, proposal?.mergeRequest ?? null);
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
