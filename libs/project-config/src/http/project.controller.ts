import { Body, Controller, Delete, HttpCode, Patch, Put } from '@nestjs/common';
import {
  ApiBody,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
} from '@nestjs/swagger';
import { Audited, CurrentAct, type Act } from '@app/audit';
import { ACCESS_PROBLEMS, AdminOnly, ApiProblems, GITLAB_PROBLEMS, OrgParam } from '@app/http';
import type { OrgId } from '@app/kernel';
import { ProjectConfigService } from '../application/project-config.service';
import type { SyncTarget } from '../domain/sync-target';
import { ConfigureBody, ProjectView, SettingsBody } from './project.dto';

@ApiTags('Project')
@ApiParam({ name: 'org', example: 'acme' })
@AdminOnly()
@Controller('orgs/:org/gitlab/project')
export class ProjectController {
  constructor(private readonly projects: ProjectConfigService) {}

  @Put()
  @Audited('project.configure')
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
  async configureProject(@OrgParam() org: OrgId, @CurrentAct() act: Act, @Body() body: ConfigureBody) {
    return this.view(await this.projects.configure({ org, ...body }, act));
  }

  @Patch()
  @Audited('project.change')
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
  async changeProject(@OrgParam() org: OrgId, @CurrentAct() act: Act, @Body() body: SettingsBody) {
    return this.view(await this.projects.update({ org, ...body }, act));
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
  async removeProject(@OrgParam() org: OrgId, @CurrentAct() act: Act) {
    await this.projects.remove(org, act);
  }

  private async view(target: SyncTarget): Promise<ProjectView> {
    return ProjectView.from(target, await this.projects.warnings(target));
  }
}
