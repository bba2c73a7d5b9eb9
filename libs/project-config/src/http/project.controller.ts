import { Body, Controller, Delete, HttpCode, Patch, Put } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { AdminOnly, ApiProblems, Audited, CurrentCaller, OrgParam, type Caller } from '@app/http';
import type { OrgId } from '@app/kernel';
import { ProjectConfigService } from '../application/project-config.service';
import { ConfigureBody, ProjectView, SettingsBody } from './project.dto';
import { ACCESS_PROBLEMS, GITLAB_PROBLEMS } from './problems';

const targetOf = ({ pathWithNamespace, branch }: ProjectView) => `${pathWithNamespace}, branch ${branch}`;

@ApiTags('Project')
@ApiParam({ name: 'org', example: 'acme' })
@AdminOnly()
@Controller('orgs/:org/gitlab/project')
export class ProjectController {
  constructor(private readonly projects: ProjectConfigService) {}

  @Put()
  @Audited('project.configure', targetOf)
  @ApiOperation({
    summary: 'Select or create the project to sync with',
    description:
      'Queues the first sync. `autoSync` starts off, `autoPull` on. The same project and branch again keep both and ' +
      'what was synced. A protected branch is no hindrance here: it shows at the first push.',
  })
  @ApiOkResponse({ type: ProjectView })
  @ApiProblems({
    ...ACCESS_PROBLEMS,
    400: ['validation_failed'],
    409: ['not_connected', 'project_name_taken'],
    422: [
      ...GITLAB_PROBLEMS[422],
      'token_cannot_create_projects',
      'project_not_found',
      'project_archived',
      'branch_not_found',
    ],
    503: GITLAB_PROBLEMS[503],
  })
  async configure(@OrgParam() org: OrgId, @CurrentCaller() caller: Caller, @Body() body: ConfigureBody) {
    const request = { org, ...body, configuredBy: caller.author.name };
    return ProjectView.of(await this.projects.configure(request));
  }

  @Patch()
  @Audited('project.change', targetOf)
  @ApiOperation({
    summary: 'Change the settings',
    description: 'What is left out stays. Changed directories or another branch queue a sync.',
  })
  @ApiOkResponse({ type: ProjectView })
  @ApiProblems({
    ...ACCESS_PROBLEMS,
    400: ['validation_failed'],
    409: ['not_connected', 'not_configured', 'configuration_changed'],
    422: [...GITLAB_PROBLEMS[422], 'project_not_found', 'branch_not_found'],
    503: GITLAB_PROBLEMS[503],
  })
  async update(@OrgParam() org: OrgId, @Body() body: SettingsBody) {
    return ProjectView.of(await this.projects.update({ org, ...body }));
  }

  @Delete()
  @Audited('project.remove')
  @HttpCode(204)
  @ApiOperation({
    summary: 'End the sync with the project',
    description: 'The connection stays, and so do the files on both sides.',
  })
  @ApiNoContentResponse({ description: 'Removed' })
  @ApiProblems({ ...ACCESS_PROBLEMS, 409: ['not_connected', 'not_configured'] })
  async remove(@OrgParam() org: OrgId) {
    await this.projects.remove(org);
  }
}
