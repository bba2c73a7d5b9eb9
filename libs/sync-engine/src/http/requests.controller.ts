import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiBody,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
} from '@nestjs/swagger';
import {
  ACCESS_PROBLEMS,
  Action,
  AdminOnly,
  ApiExample,
  ApiProblems,
  CurrentActor,
  GITLAB_PROBLEMS,
  JsonBody,
  OrgParam,
} from '@app/http';
import type { Actor, OrgId } from '@app/kernel';
import { RunsApi } from '../application/runs.api';
import { PlanBody } from './plan-body.dto';
import { PlanView } from './plan.dto';
import { RunView } from './run.dto';
import { WAITING } from './run.examples';

const SETUP = { 409: ['not_connected', 'not_configured'] } as const;

@ApiTags('Sync')
@ApiParam({ name: 'org', example: 'acme' })
@Controller('orgs/:org/gitlab')
export class RequestsController {
  constructor(private readonly runs: RunsApi) {}

  @Post('push')
  @AdminOnly()
  @Action('sync.push')
  @HttpCode(202)
  @ApiExample({ ...WAITING, kind: 'push' })
  @ApiOperation({
    summary: 'Push to GitLab',
    description: 'Returns the run already waiting, if there is one. Also ends a stop or a back-off.',
  })
  @ApiAcceptedResponse({ type: RunView })
  @ApiProblems({ ...ACCESS_PROBLEMS, ...SETUP })
  push(@OrgParam() org: OrgId, @CurrentActor() by: Actor): Promise<RunView> {
    return this.runs.push(org, by);
  }

  @Post('pull')
  @AdminOnly()
  @Action('sync.pull')
  @HttpCode(202)
  @ApiExample({ ...WAITING, kind: 'pull' })
  @ApiOperation({
    summary: 'Pull from GitLab',
    description: 'Returns the run already waiting, if there is one. Also ends a stop or a back-off.',
  })
  @ApiAcceptedResponse({ type: RunView })
  @ApiProblems({ ...ACCESS_PROBLEMS, ...SETUP })
  pull(@OrgParam() org: OrgId, @CurrentActor() by: Actor): Promise<RunView> {
    return this.runs.pull(org, by);
  }

  @Post('plan')
  @AdminOnly()
  @Action('sync.plan')
  @JsonBody()
  @HttpCode(200)
  @ApiOperation({
    summary: 'Preview a full sync; changes nothing',
    description:
      'Compares both sides as they are. A file in conflict is listed only under `conflicts`. With a body, previews the first sync with that ' +
      'project, before it is configured or instead of the configured one. Nothing is stored.',
  })
  @ApiBody({
    type: PlanBody,
    required: false,
    examples: {
      configured: { summary: 'The configured project', value: {} },
      draft: {
        summary: 'Before it is configured',
        value: { projectId: 42, branch: 'main', onConflict: 'newest' },
      },
    },
  })
  @ApiOkResponse({ type: PlanView })
  @ApiProblems({
    ...ACCESS_PROBLEMS,
    ...SETUP,
    400: ['validation_failed'],
    422: [
      ...GITLAB_PROBLEMS[422],
      'project_not_found',
      'project_gone',
      'project_archived',
      'branch_not_found',
      'branch_gone',
    ],
    503: GITLAB_PROBLEMS[503],
  })
  previewSync(@OrgParam() org: OrgId, @CurrentActor() by: Actor, @Body() body: PlanBody): Promise<PlanView> {
    return this.runs.plan(org, by, PlanBody.draft(body));
  }
}
