import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { ErrorCode, Page } from '@app/kernel';
import type * as views from '../application/run.view';
import type { RunIntent, RunKind, RunStatus, RunTrigger } from '../domain/run';
import type { RunChange } from '../domain/run-change';
import type { PreviewOp } from '../domain/preview-ops';
import { AuthorView } from './author.dto';

const COMMIT = '6f1e3c2b1a0d9e8f7a6b5c4d3e2f1a0b9c8d7e6f';

class ProgressView {
  @ApiProperty({ example: 12 })
  readonly done: number;
  @ApiProperty({ example: 481 })
  readonly total: number;
}

class CountsView {
  @ApiProperty({ example: 2 })
  readonly created: number;
  @ApiProperty({ example: 1 })
  readonly updated: number;
  @ApiProperty({ example: 0 })
  readonly deleted: number;
  @ApiProperty({ example: 478 })
  readonly unchanged: number;
  @ApiProperty({ example: 0 })
  readonly conflicts: number;
  @ApiProperty({ example: 0 })
  readonly quarantined: number;
  @ApiProperty({
    example: 0,
    description:
      'Files that a pull put back on GitLab, because an admin chose to keep them. With merge requests, the next push proposes them',
  })
  readonly putBack: number;
}

class RunErrorView implements views.RunErrorView {
  @ApiProperty({ type: String, example: 'branch_protected' })
  readonly code: ErrorCode;
  @ApiProperty({ example: 'GitLab refused the push to branch main.', description: 'What to do next' })
  readonly detail: string;
  @ApiPropertyOptional({
    enum: ['gitlab', 'dot'],
    description:
      "Only with `rate_limited`: `gitlab` limits the token or the address, or `dot` limits the organisation's requests to the host",
  })
  readonly by?: 'gitlab' | 'dot';
  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'Set if it is retried automatically',
  })
  readonly retryAt: string | null;
}

export class RunView implements views.RunView {
  @ApiProperty({ format: 'uuid' })
  readonly id: string;
  @ApiProperty({ enum: ['initial', 'push', 'pull'] })
  readonly kind: RunKind;
  @ApiProperty({ enum: ['manual', 'auto', 'webhook', 'poll', 'configure'] })
  readonly trigger: RunTrigger;
  @ApiProperty({ enum: ['queued', 'running', 'succeeded', 'failed', 'awaiting_confirmation', 'cancelled'] })
  readonly status: RunStatus;
  @ApiProperty({ format: 'date-time' })
  readonly createdAt: string;
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  readonly startedAt: string | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  readonly finishedAt: string | null;
  @ApiProperty()
  readonly progress: ProgressView;
  @ApiProperty()
  readonly counts: CountsView;
  @ApiProperty({
    type: [String],
    example: [COMMIT],
    description: 'The commits it made on GitLab; of a pull, those it took, oldest first (at most 200)',
  })
  readonly commits: readonly string[];
  @ApiProperty({ example: 3, description: 'Requests it sent to GitLab' })
  readonly apiCalls: number;
  @ApiProperty({ example: 1, description: '0 until it first starts' })
  readonly attempt: number;
  @ApiProperty({ type: RunErrorView, nullable: true, example: null })
  readonly error: RunErrorView | null;
  @ApiProperty({
    type: String,
    nullable: true,
    example: COMMIT,
    description: "GitLab's newest commit that it reached",
  })
  readonly head: string | null;
  @ApiProperty({
    type: String,
    nullable: true,
    example: 'Explain the churn report',
    description: 'The first line of the message of the newest commit that it took or made',
  })
  readonly title: string | null;
  @ApiProperty({ type: AuthorView, nullable: true, description: 'The author of that commit' })
  readonly author: AuthorView | null;
  @ApiProperty({ type: String, nullable: true, example: 'Ada', description: 'The person who requested it' })
  readonly requestedBy: string | null;
  @ApiProperty({
    enum: ['propose', 'discard'],
    nullable: true,
    example: null,
    description: 'The answer of an admin to a closed merge request that it carries out',
  })
  readonly intent: RunIntent | null;
}

export class RunPage implements Page<RunView> {
  @ApiProperty({ type: [RunView] })
  readonly items: readonly RunView[];
  @ApiProperty({ type: String, nullable: true })
  readonly nextCursor: string | null;
}

export class RunChangeView implements RunChange {
  @ApiProperty({ example: 'notes/churn.md' })
  readonly path: string;
  @ApiProperty({ enum: ['create', 'update', 'delete', 'move'] })
  readonly op: PreviewOp;
  @ApiPropertyOptional({ example: 'notes/old.md', description: 'Of a move: the path it was moved from' })
  readonly from?: string;
}

export class RunChangePage implements Page<RunChangeView> {
  @ApiProperty({ type: [RunChangeView] })
  readonly items: readonly RunChangeView[];
  @ApiProperty({ type: String, nullable: true })
  readonly nextCursor: string | null;
}
