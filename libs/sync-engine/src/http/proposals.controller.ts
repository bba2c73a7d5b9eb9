import { Controller, HttpCode, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import {
  ACCESS_PROBLEMS,
  Action,
  AdminOnly,
  ApiExample,
  ApiProblems,
  CurrentActor,
  OrgParam,
} from '@app/http';
import type { Actor, OrgId } from '@app/kernel';
import { RunsApi } from '../application/runs.api';
import { RunView } from './run.dto';
import { WAITING } from './run.examples';

const PROBLEMS = {
  ...ACCESS_PROBLEMS,
  409: ['not_connected', 'not_configured'],
} as const;

@ApiTags('Sync')
@ApiParam({ name: 'org', example: 'acme' })
@AdminOnly()
@Controller('orgs/:org/gitlab/merge-request')
export class ProposalsController {
  constructor(private readonly runs: RunsApi) {}

  @Post('propose')
  @Action('proposal.propose')
  @HttpCode(202)
  @ApiExample({ ...WAITING, kind: 'push' })
  @ApiOperation({
    summary: 'Propose again after a refusal',
    description: 'Opens a merge request again after one was closed, or its branch was deleted.',
  })
  @ApiAcceptedResponse({ type: RunView })
  @ApiProblems(PROBLEMS)
  propose(@OrgParam() org: OrgId, @CurrentActor() by: Actor): Promise<RunView> {
    return this.runs.propose(org, by);
  }

  @Post('discard')
  @Action('proposal.discard')
  @HttpCode(202)
  @ApiExample({ ...WAITING, kind: 'pull' })
  @ApiOperation({
    summary: 'Discard the proposed changes',
    description:
      'Takes the texts of the configured branch back in Dot, as one change. Undo the run to have the changes back. ' +
      'Closes the merge request if it is open and Dot opened it.',
  })
  @ApiAcceptedResponse({ type: RunView })
  @ApiProblems(PROBLEMS)
  discard(@OrgParam() org: OrgId, @CurrentActor() by: Actor): Promise<RunView> {
    return this.runs.discard(org, by);
  }
}
