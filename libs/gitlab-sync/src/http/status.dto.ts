import { ApiProperty } from '@nestjs/swagger';
import { ConnectionView } from '@app/credentials';
import { inert } from '@app/kernel';
import { ProjectView } from '@app/project-config';
import { RunView, type SyncHealth, type SyncStatus } from '@app/sync-engine';
import { WebhookView } from '@app/webhooks';

class StopView {
  @ApiProperty({ example: 'branch_protected' })
  readonly code: string;
  @ApiProperty({ example: 'GitLab refused the push to branch main.', description: 'What to do next' })
  readonly detail: string;
}

export class SyncView {
  @ApiProperty({
    type: String,
    nullable: true,
    example: '6f1e3c2b1a0d9e8f7a6b5c4d3e2f1a0b9c8d7e6f',
    description: 'The commit both sides last agreed on',
  })
  readonly baseCommit: string | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  readonly lastSyncedAt: string | null;
  @ApiProperty({ example: 0, description: 'Changes made in Dot that are not commits yet' })
  readonly pendingPush: number;
  @ApiProperty({ example: false, description: 'A pull is wanted' })
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
    description: 'Why it stopped, or what is being retried',
  })
  readonly error: StopView | null;

  static from({ health: _, lastSyncedAt, lastRun, nextAttemptAt, error, ...sync }: SyncStatus): SyncView {
    return {
      ...sync,
      lastSyncedAt: lastSyncedAt?.toISOString() ?? null,
      lastRun: lastRun && RunView.from(lastRun),
      nextAttemptAt: nextAttemptAt?.toISOString() ?? null,
      error: error && { code: error.code, detail: inert(error.detail) },
    };
  }
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

export class StatusView {
  @ApiProperty({ enum: ['disconnected', 'connected', 'configured'], example: 'configured' })
  readonly state: 'disconnected' | 'connected' | 'configured';
  @ApiProperty({
    enum: ['ok', 'syncing', 'attention', 'failing'],
    description:
      '`attention`: a person must act: the sync stopped (and is retried ever more rarely, see `sync.nextAttemptAt`), or the token is about to expire; `failing`: retrying automatically',
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
  @ApiProperty({
    type: QuotaView,
    description:
      'The space that the context files take, and the limits. Beyond them edits are refused and new files of GitLab wait',
  })
  readonly quota: QuotaView;
}
