import { Controller, Get, Res } from '@nestjs/common';
import {
  ApiOkResponse,
  ApiOperation,
  ApiProperty,
  ApiPropertyOptional,
  ApiServiceUnavailableResponse,
  ApiTags,
} from '@nestjs/swagger';
import type { Response } from 'express';
import { GitLabSyncOperations, type Health } from '@app/gitlab-sync';

type Answer = Health['checks']['database'];
type Tenants = Health['checks']['tenants'];

const ANSWERS: Answer[] = ['ok', 'unreachable'];
const TENANTS: Tenants[] = ['locked', 'unlocked'];

class LivenessView {
  @ApiProperty({ example: 'alive' })
  status: 'alive';
}

class ChecksView {
  @ApiProperty({ enum: ANSWERS })
  database: Answer;
  @ApiPropertyOptional({ enum: ANSWERS, description: 'Present if Redis is configured' })
  redis?: Answer;
  @ApiProperty({
    enum: TENANTS,
    description: '`unlocked`: row-level security is not in force; ALLOW_UNLOCKED_TENANTS allows this',
  })
  tenants: Tenants;
  @ApiPropertyOptional({ enum: ['stopping'], description: 'Present once the process was asked to stop' })
  process?: 'stopping';
}

class ReadinessView {
  @ApiProperty({
    enum: ['ready', 'degraded', 'unready'],
    description: '`degraded`: Redis is unavailable; work continues with delays',
  })
  status: Health['status'];
  @ApiProperty()
  checks: ChecksView;
}

@ApiTags('Probes')
@Controller('health')
export class HealthController {
  constructor(private readonly operations: GitLabSyncOperations) {}

  @Get('live')
  @ApiOperation({
    summary: 'Does the process answer?',
    description: 'Checks nothing else. Restart the process if it does not answer.',
  })
  @ApiOkResponse({ type: LivenessView })
  readLiveness(): LivenessView {
    return { status: 'alive' };
  }

  @Get('ready')
  @ApiOperation({
    summary: 'Readiness: can the process do its work?',
    description: 'Lists the services it depends on, and whether they answer.',
  })
  @ApiOkResponse({ type: ReadinessView })
  @ApiServiceUnavailableResponse({
    type: ReadinessView,
    description: 'The database does not answer, or the process is stopping',
  })
  async readReadiness(@Res({ passthrough: true }) response: Response): Promise<ReadinessView> {
    const readiness = await this.operations.health();
    if (readiness.status === 'unready') response.status(503);
    return readiness;
  }
}
