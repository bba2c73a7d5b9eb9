import { Body, Controller, Delete, HttpCode, Patch, Put } from '@nestjs/common';
import {
  ApiBody,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
} from '@nestjs/swagger';
import {
  ACCESS_PROBLEMS,
  Action,
  AdminOnly,
  ApiProblems,
  CurrentActor,
  GITLAB_PROBLEMS,
  JsonBody,
  OrgParam,
} from '@app/http';
import type { Actor, OrgId } from '@app/kernel';
import { ProjectApi } from '../application/project.api';
import { ConfigureBody, ProjectView, SettingsBody } from './project.dto';

@ApiTags('Project')
@ApiParam({ name: 'org', example: 'acme' })
@AdminOnly()
@Controller('orgs/:org/gitlab/project')
export class ProjectController {
  constructor(private readonly projects: ProjectApi) {}

  @Put()
  @Action('project.configure')
  @JsonBody()
  @ApiOperation({
    summary: 'Select or create the project to sync with',
    description:
      'Queues the first sync. `autoSync` starts off, `autoPull` on. The same project and branch again keep both, and ' +
      'their sync state. Protected branches are accepted here and reported on the first push.',
  })
  @ApiBody({
    type: ConfigureBody,
    examples: {
      existing: { summary: 'An existing project', value: { projectId: 4 } },
      existingInFull: {
        summary: 'A branch and directories of it',
        value: {
          projectId: 4,
          branch: 'main',
          directories: ['notes', 'relationships.yaml'],
          onConflict: 'newest',
        },
      },
      created: { summary: 'A new project', value: { create: { name: 'dot-context' } } },
    },
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
  configureProject(
    @OrgParam() org: OrgId,
    @CurrentActor() by: Actor,
    @Body() body: ConfigureBody,
  ): Promise<ProjectView> {
    return this.projects.configure(org, body, by);
  }

  @Patch()
  @Action('project.change')
  @JsonBody()
  @ApiOperation({
    summary: 'Change the settings',
    description: 'Omitted settings stay. Changed directories or another branch queue a sync.',
  })
  @ApiBody({
    type: SettingsBody,
    examples: {
      autoSync: { summary: 'Push each change by itself', value: { autoSync: true } },
      directories: {
        summary: 'Other directories',
        value: { directories: ['notes', 'reports', 'relationships.yaml'] },
      },
    },
  })
  @ApiOkResponse({ type: ProjectView })
  @ApiProblems({
    ...ACCESS_PROBLEMS,
    400: ['validation_failed'],
    409: ['not_connected', 'not_configured', 'configuration_changed'],
    422: [...GITLAB_PROBLEMS[422], 'project_not_found', 'branch_not_found'],
    503: GITLAB_PROBLEMS[503],
  })
  changeProject(
    @OrgParam() org: OrgId,
    @CurrentActor() by: Actor,
    @Body() body: SettingsBody,
  ): Promise<ProjectView> {
    return this.projects.updateSettings(org, body, by);
  }

  @Delete()
  @Action('project.remove')
  @HttpCode(204)
  @ApiOperation({
    summary: 'End the sync with the project',
    description: 'The connection stays, and so do the files on both sides.',
  })
  @ApiNoContentResponse({ description: 'Removed' })
  @ApiProblems({ ...ACCESS_PROBLEMS, 409: ['not_connected', 'not_configured'] })
  removeProject(@OrgParam() org: OrgId, @CurrentActor() by: Actor): Promise<void> {
    return this.projects.removeProject(org, by);
  }
}
