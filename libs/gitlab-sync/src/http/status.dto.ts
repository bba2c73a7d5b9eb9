import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ConnectionView } from '@app/credentials/http';
import { inert, type Caller, type ErrorCode, type Role } from '@app/kernel';
import { ProjectView } from '@app/project-config/http';
import type { SyncHealth } from '@app/sync-engine';
import { RunView } from '@app/sync-engine/http';
import { WebhookView } from '@app/webhooks/http';
import type * as views from '../status/status.view';

class StopView implements views.StopView {
  @ApiProperty({ type: String, example: 'branch_protected' })
  readonly code: ErrorCode;
  @ApiProperty({ example: 'GitLab refused the push to branch main.', description: 'What to do next' })
  readonly detail: string;
  @ApiPropertyOptional({
    format: 'uuid',
    description: 'With `mass_delete_unconfirmed`: the run to confirm or keep, though it may be cancelled',
  })
  readonly runId?: string;
}

export class SyncView implements views.SyncView {
  @ApiProperty({
    type: String,
    nullable: true,
    example: '6f1e3c2b1a0d9e8f7a6b5c4d3e2f1a0b9c8d7e6f',
    description: 'The commit both sides last agreed on',
  })
  readonly baseCommit: string | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  readonly lastSyncedAt: string | null;
  @ApiProperty({ example: 0, description: 'Changes made in Dot that a push would commit' })
  readonly pendingPush: number;
  @ApiProperty({ example: false, description: 'Whether a pull is due' })
  readonly pendingPull: boolean;
  @ApiProperty({ example: 0 })
  readonly conflicts: number;
  @ApiProperty({ example: 0 })
  readonly quarantined: number;
  @ApiProperty({ type: RunView, nullable: true })
  readonly lastRun: RunView | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true, example: null })
  readonly nextAttemptAt: string | null;
  @ApiProperty({
    type: StopView,
    nullable: true,
    example: null,
    description: 'Why it stopped, or the error that is being retried',
  })
  readonly error: StopView | null;
}

export class QuotaView {
  @ApiProperty({ example: 1_048_576, description: 'Bytes of the current files' })
  readonly bytes: number;
  @ApiProperty({ example: 1_073_741_824 })
  readonly maxBytes: number;
  @ApiProperty({ example: 42 })
  readonly files: number;
  @ApiProperty({ example: 100_000 })
  readonly maxFiles: number;
}

export class FileCountsView {
  @ApiProperty({ example: 42, description: 'Files in scope, as `…/gitlab/files` lists them' })
  readonly total: number;
  @ApiProperty({ example: 40 })
  readonly inSync: number;
  @ApiProperty({ example: 1 })
  readonly dotAhead: number;
  @ApiProperty({ example: 0, description: 'Deleted on GitLab, and kept until an admin decides' })
  readonly gitlabAhead: number;
  @ApiProperty({ example: 0 })
  readonly conflict: number;
  @ApiProperty({ example: 1 })
  readonly quarantined: number;
  @ApiProperty({ example: 0, description: 'Of merge-request mode' })
  readonly proposed: number;
}

export class ViewerView {
  @ApiProperty({ enum: ['admin', 'member', 'operator'] })
  readonly role: Role;
  @ApiProperty({ example: 'Ada' })
  readonly name: string;

  static from({ role, author }: Caller): ViewerView {
    return { role, name: inert(author.name) };
  }
}

export class StatusView implements views.StatusView {
  @ApiProperty({ enum: ['disconnected', 'connected', 'configured'], example: 'configured' })
  readonly state: 'disconnected' | 'connected' | 'configured';
  @ApiProperty({
    enum: ['ok', 'syncing', 'attention', 'failing'],
    description:
      '`attention`: a person must act: the sync stopped (and is retried less and less often, see `sync.nextAttemptAt`), or the token is about to expire; `failing`: retrying automatically',
  })
  readonly health: SyncHealth;
  @ApiProperty({ type: ConnectionView, nullable: true })
  readonly connection: ConnectionView | null;
  @ApiProperty({ type: ProjectView, nullable: true })
  readonly project: ProjectView | null;
  @ApiProperty({ type: WebhookView, nullable: true })
  readonly webhook: WebhookView | null;
  @ApiProperty({ type: SyncView })
  readonly sync: SyncView;
  @ApiProperty({ type: FileCountsView })
  readonly files: FileCountsView;
  @ApiProperty({ type: ViewerView, description: 'The caller, by the token' })
  readonly viewer: ViewerView;
  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'When the oldest change that is not pushed was made',
  })
  readonly oldestPendingAt: string | null;
  @ApiProperty({
    example: 120,
    description: 'How often GitLab is asked for changes while its webhook is silent; 0 is never',
  })
  readonly pollSeconds: number;
  @ApiProperty({
    type: QuotaView,
    description:
      'The space that the context files take, and the limits. Beyond them edits are refused and new files of GitLab wait',
  })
  readonly quota: QuotaView;
}
