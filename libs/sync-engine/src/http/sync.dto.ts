import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean, IsIn, IsOptional } from 'class-validator';
import { IsPlainText, PageQuery } from '@app/http';
import { inert, type Author } from '@app/kernel';
import { FILE_STATES, type FileState, type FileStateName } from '../application/queries/file-state';
import type { SyncPlan } from '../application/queries/plan-sync';
import type { Conflict } from '../domain/findings';
import type { Run, RunKind, RunStatus, RunTrigger } from '../domain/run';
import { nameOfSide } from '../domain/side';

const COMMIT = '6f1e3c2b1a0d9e8f7a6b5c4d3e2f1a0b9c8d7e6f';
const BLOB = 'd670460b4b4aece5915caf5c68d12f560a9fe3e4';

class ProgressView {
  @ApiProperty({ example: 12 })
  done: number;
  @ApiProperty({ example: 481 })
  total: number;
}

class CountsView {
  @ApiProperty({ example: 2 })
  created: number;
  @ApiProperty({ example: 1 })
  updated: number;
  @ApiProperty({ example: 0 })
  deleted: number;
  @ApiProperty({ example: 478 })
  unchanged: number;
  @ApiProperty({ example: 0 })
  conflicts: number;
  @ApiProperty({ example: 0 })
  quarantined: number;
}

class RunErrorView {
  @ApiProperty({ example: 'branch_protected' })
  code: string;
  @ApiProperty({ example: 'GitLab refused the push to branch main.', description: 'What to do next' })
  detail: string;
  @ApiPropertyOptional({
    enum: ['gitlab', 'dot'],
    description:
      "Only with `rate_limited`: `gitlab` limits the token or the address, or `dot` limits the organisation's requests to the host",
  })
  by?: 'gitlab' | 'dot';
  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'Set where it is tried again by itself',
  })
  retryAt: string | null;
}

export class RunView {
  @ApiProperty({ format: 'uuid' })
  id: string;
  @ApiProperty({ enum: ['initial', 'push', 'pull'] })
  kind: RunKind;
  @ApiProperty({ enum: ['manual', 'auto', 'webhook', 'poll', 'configure'] })
  trigger: RunTrigger;
  @ApiProperty({ enum: ['queued', 'running', 'succeeded', 'failed', 'awaiting_confirmation', 'cancelled'] })
  status: RunStatus;
  @ApiProperty({ format: 'date-time' })
  createdAt: string;
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  startedAt: string | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  finishedAt: string | null;
  @ApiProperty()
  progress: ProgressView;
  @ApiProperty()
  counts: CountsView;
  @ApiProperty({ type: [String], example: [COMMIT], description: 'The commits it made on GitLab' })
  commits: readonly string[];
  @ApiProperty({ example: 3, description: 'Requests it sent to GitLab' })
  apiCalls: number;
  @ApiProperty({ example: 1, description: '0 until it first starts' })
  attempt: number;
  @ApiProperty({ type: RunErrorView, nullable: true, example: null })
  error: RunErrorView | null;

  static from({ org: _, confirmed: __, announced: ___, error, ...run }: Run): RunView {
    return {
      ...run,
      createdAt: run.createdAt.toISOString(),
      startedAt: run.startedAt?.toISOString() ?? null,
      finishedAt: run.finishedAt?.toISOString() ?? null,
      error: error && {
        ...error,
        detail: inert(error.detail),
        retryAt: error.retryAt?.toISOString() ?? null,
      },
    };
  }
}

export class RunPage {
  @ApiProperty({ type: [RunView] })
  items: RunView[];
  @ApiProperty({ type: String, nullable: true })
  nextCursor: string | null;
}

class PlannedView {
  @ApiProperty({ example: 'notes/churn.md' })
  path: string;
  @ApiProperty({ enum: ['create', 'update', 'delete', 'move'] })
  op: string;
}

class PlannedConflictView {
  @ApiProperty({ example: 'notes/plan.md' })
  path: string;
  @ApiProperty({ enum: ['dot', 'gitlab'] })
  winner: string;
  @ApiProperty({ example: 'the later change' })
  reason: string;
}

class PlannedQuarantineView {
  @ApiProperty({ example: 'notes/large.md' })
  path: string;
  @ApiProperty({ example: 'too_big: more than the limit of 1048576 bytes' })
  reason: string;
}

export class PlanView {
  @ApiProperty({
    type: String,
    nullable: true,
    example: COMMIT,
    description: 'The commit that was looked at',
  })
  head: string | null;
  @ApiProperty({ type: [PlannedView] })
  push: PlannedView[];
  @ApiProperty({ type: [PlannedView] })
  pull: PlannedView[];
  @ApiProperty({ type: [PlannedConflictView] })
  conflicts: PlannedConflictView[];
  @ApiProperty({ type: [PlannedQuarantineView] })
  quarantined: PlannedQuarantineView[];

  static from({ head, push, pull, conflicts, quarantined }: SyncPlan): PlanView {
    const shown = quarantined.map(({ path, reason }) => ({ path, reason: inert(reason) }));
    return {
      head,
      push: [...push],
      pull: [...pull],
      conflicts: conflicts.map((conflict) => ({ ...conflict, winner: nameOfSide(conflict.winner) })),
      quarantined: shown,
    };
  }
}

export class FilesQuery extends PageQuery {
  @ApiPropertyOptional({ enum: FILE_STATES })
  @IsOptional()
  @IsIn(FILE_STATES)
  state?: FileStateName;

  @ApiPropertyOptional({
    type: Boolean,
    default: false,
    description:
      'Asks GitLab what changed since the last sync, so that `gitlab_ahead` shows; costs one to three calls',
  })
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value))
  @IsBoolean()
  live?: boolean;
}

export class FileStateView {
  @ApiProperty({ example: 'notes/churn.md' })
  path: string;
  @ApiProperty({ enum: FILE_STATES })
  state: FileStateName;
  @ApiPropertyOptional({
    example: 'looks like notes/Churn.md on some file systems; rename one of them',
    description:
      'Why it is not in sync; or what is odd about a file that is: a name that looks like another, and, come from GitLab, ' +
      'text that does not show (`hidden_control`) or what looks like a credential (`credential`), in it or in its name. ' +
      'For people: names in it are spelled out, as in `\\u{202E}`, while `path` is exact',
  })
  reason?: string;
  @ApiProperty({ type: String, nullable: true, example: BLOB })
  dotBlob: string | null;
  @ApiProperty({ type: String, nullable: true, example: BLOB })
  gitlabBlob: string | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  at: string | null;

  static from(file: FileState): FileStateView {
    const { reason, at } = file;
    return { ...file, ...(reason && { reason: inert(reason) }), at: at?.toISOString() ?? null };
  }
}

export class ReleaseBody {
  @ApiProperty({ example: 'notes/churn.md' })
  @IsPlainText(4_096)
  path: string;
}

export class FileStatePage {
  @ApiProperty({ type: [FileStateView] })
  items: FileStateView[];
  @ApiProperty({ type: String, nullable: true })
  nextCursor: string | null;
}

class AuthorView {
  @ApiProperty({ example: 'Ada' })
  name: string;
  @ApiProperty({ example: 'ada@example.com' })
  email: string;

  static from({ name, email }: Author): AuthorView {
    return { name: inert(name), email: inert(email) };
  }
}

class KeptView {
  @ApiProperty()
  author: AuthorView;
  @ApiProperty({ format: 'date-time' })
  at: string;
  @ApiProperty({
    example: '0b8f4a52-6a0c-4a49-9a2e-2f6c8f0a7a11.0',
    description: 'The id of the version that lost',
  })
  version: string;
}

export class ConflictView {
  @ApiProperty({ format: 'uuid' })
  id: string;
  @ApiProperty({ example: 'notes/churn.md' })
  path: string;
  @ApiProperty({ format: 'date-time' })
  at: string;
  @ApiProperty({ enum: ['dot', 'gitlab'] })
  winner: string;
  @ApiProperty()
  kept: KeptView;

  static from({ id, path, at, winner, kept }: Conflict): ConflictView {
    return {
      id,
      path,
      at: at.toISOString(),
      winner: nameOfSide(winner),
      kept: { ...kept, author: AuthorView.from(kept.author), at: kept.at.toISOString() },
    };
  }
}

export class ConflictPage {
  @ApiProperty({ type: [ConflictView] })
  items: ConflictView[];
  @ApiProperty({ type: String, nullable: true })
  nextCursor: string | null;
}

export class RestoredView {
  @ApiProperty({ example: 43 })
  revision: number;
  @ApiProperty({ format: 'uuid' })
  changeId: string;
}
