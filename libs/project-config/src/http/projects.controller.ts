import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { ACCESS_PROBLEMS, AdminOnly, ApiProblems, GITLAB_PROBLEMS, OrgParam } from '@app/http';
import type { OrgId } from '@app/kernel';
import { ProjectApi } from '../application/project.api';
import { BranchChoices, ProjectChoices } from './projects.dto';
import { ProjectIdParam } from './project-id-param';
import { SearchQuery } from './search-query';

@ApiTags('Project')
@ApiParam({ name: 'org', example: 'acme' })
@AdminOnly()
@Controller('orgs/:org/gitlab/projects')
export class ProjectsController {
  constructor(private readonly projects: ProjectApi) {}

  @Get()
  @ApiOperation({
    summary: 'The projects the token can sync to',
    description: 'Asks GitLab. `search` looks for a part of the name.',
  })
  @ApiOkResponse({ type: ProjectChoices })
  @ApiProblems({ ...ACCESS_PROBLEMS, 400: ['validation_failed'], 409: ['not_connected'], ...GITLAB_PROBLEMS })
  listProjects(@OrgParam() org: OrgId, @Query() query: SearchQuery): Promise<ProjectChoices> {
    return this.projects.projects(org, query);
  }

  @Get(':projectId/branches')
  @ApiOperation({
    summary: 'The branches of a project',
    description: 'Asks GitLab. `canPush` is true if the token may push to the branch.',
  })
  @ApiParam({ name: 'projectId', type: Number, example: 4 })
  @ApiOkResponse({ type: BranchChoices })
  @ApiProblems({
    ...ACCESS_PROBLEMS,
    400: ['validation_failed'],
    409: ['not_connected'],
    422: [...GITLAB_PROBLEMS[422], 'project_not_found'],
    503: GITLAB_PROBLEMS[503],
  })
  listBranches(
    @OrgParam() org: OrgId,
    @ProjectIdParam() projectId: number,
    @Query() query: SearchQuery,
  ): Promise<BranchChoices> {
    return this.projects.branches(org, projectId, query);
  }
}
