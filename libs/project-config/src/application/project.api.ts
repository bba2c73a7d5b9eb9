import { Injectable } from '@nestjs/common';
import { AuditTrail } from '@app/audit';
import { mapPage, type Actor, type OrgId, type Page } from '@app/kernel';
import type { ConfigureRequest } from './configure-project';
import type { SearchRequest } from './list-projects';
import { ProjectConfigService } from './project-config.service';
import {
  branchChoice,
  projectChoice,
  type BranchChoice,
  type ProjectChoice,
  type ProjectView,
} from './project.view';
import type { UpdateSettingsRequest } from './update-settings';

/** Names the project to sync with: an existing project by `projectId`, or a new private one by `create`. */
export type ProjectSelection = Omit<ConfigureRequest, 'org'>;
/** Settings that are left out stay. */
export type SettingsChange = Omit<UpdateSettingsRequest, 'org'>;

/** The project, branch and directories of an org, for people: every change is recorded in the audit log. */
@Injectable()
export class ProjectApi {
  constructor(
    private readonly config: ProjectConfigService,
    private readonly trail: AuditTrail,
  ) {}

  /** Lists the projects that the token can sync to. @throws NotConnected, GitLab's errors */
  async projects(org: OrgId, request: SearchRequest = {}): Promise<Page<ProjectChoice>> {
    return mapPage(await this.config.projects(org, request), projectChoice);
  }

  /** @throws NotConnected, ProjectNotFound, GitLab's errors */
  async branches(org: OrgId, projectId: number, request: SearchRequest = {}): Promise<Page<BranchChoice>> {
    return mapPage(await this.config.branches(org, projectId, request), branchChoice);
  }

  /** Selects or creates the project, and queues the first sync. @throws NotConnected, GitLab's errors */
  configure(org: OrgId, selection: ProjectSelection, by: Actor): Promise<ProjectView> {
    return this.trail.attempt({ org, action: 'project.configure', by, target: null }, async (act) =>
      this.config.view(await this.config.configure({ ...selection, org }, act)),
    );
  }

  /** @throws NotConnected, NotConfigured, ConfigurationMoved, GitLab's errors */
  updateSettings(org: OrgId, change: SettingsChange, by: Actor): Promise<ProjectView> {
    return this.trail.attempt({ org, action: 'project.change', by, target: null }, async (act) =>
      this.config.view(await this.config.update({ ...change, org }, act)),
    );
  }

  /** Ends the sync; the connection and the files on both sides stay. @throws NotConnected, NotConfigured */
  removeProject(org: OrgId, by: Actor): Promise<void> {
    return this.trail.attempt({ org, action: 'project.remove', by, target: null }, (act) =>
      this.config.remove(org, act),
    );
  }
}
