import { Injectable } from '@nestjs/common';
import { CredentialsService } from '@app/credentials';
import type { Branch, Project } from '@app/gitlab';
import type { OrgId, Page, PageRequest } from '@app/kernel';

/** Says which page to return, and what names must contain. */
export type SearchRequest = PageRequest & { readonly search?: string };

/** Lists an admin's choices, straight from GitLab. */
@Injectable()
export class ListProjects {
  constructor(private readonly credentials: CredentialsService) {}

  /** @throws NotConnected */
  async projects(org: OrgId, request: SearchRequest): Promise<Page<Project>> {
    const gitlab = await this.credentials.gitlab(org, { priority: 'interactive' });
    return gitlab.listProjects(request);
  }

  /** @throws NotConnected, ProjectNotFound */
  async branches(org: OrgId, projectId: number, request: SearchRequest): Promise<Page<Branch>> {
    const gitlab = await this.credentials.gitlab(org, { priority: 'interactive' });
    return gitlab.listBranches(projectId, request);
  }
}
