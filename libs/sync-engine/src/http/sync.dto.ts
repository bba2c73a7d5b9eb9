import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean, IsIn, IsOptional } from 'class-validator';
import { IsPlainText, PageQuery } from '@app/http';
import { inert, type Author } from '@app/kernel';
import { FILE_STATES, type FileState, type FileStateName } from '../application/queries/file-state';
import type { SyncPlan } from '../application/queries/plan-sync';
import type { Conflict, ConflictSide } from '../domain/findings';
import type { PreviewOp } from '../domain/preview-ops';
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

class AuthorView {
  @ApiProperty({ example: 'Ada' })
  name: string;
  @ApiProperty({ example: 'ada@example.com' })
  email: string;

  static from({ name, email }: Author): AuthorView {
    return { name: inert(name), email: inert(email) };
  }
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
  @ApiProperty({
    type: [String],
    example: [COMMIT],
    description: 'The commits it made on GitLab; of a pull, those it took, oldest first (at most 200)',
  })
  commits: readonly string[];
  @ApiProperty({ example: 3, description: 'Requests it sent to GitLab' })
  apiCalls: number;
  @ApiProperty({ example: 1, description: '0 until it first starts' })
  attempt: number;
  @ApiProperty({ type: RunErrorView, nullable: true, example: null })
  error: RunErrorView | null;
  @ApiProperty({
    type: String,
    nullable: true,
    example: COMMIT,
    description: "GitLab's commit that it came to",
  })
  head: string | null;
  @ApiProperty({
    type: String,
    nullable: true,
    example: 'Explain the churn report',
    description: 'The first line of the message of the newest commit that it took or made',
  })
  title: string | null;
  @ApiProperty({ type: AuthorView, nullable: true, description: 'The author of that commit' })
  author: AuthorView | null;
  @ApiProperty({ type: String, nullable: true, example: 'Ada', description: 'The person who asked for it' })
  requestedBy: string | null;

  static from({ org: _, confirmed: __, kept: ___, announced: ____, error, took, ...run }: Run): RunView {
    return {
      ...run,
      commits: [...took, ...run.commits],
      title: run.title && inert(run.title),
      author: run.author && AuthorView.from(run.author),
      requestedBy: run.requestedBy && inert(run.requestedBy),
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

export class RunChangeView {
  @ApiProperty({ example: 'notes/churn.md' })
  path: string;
  @ApiProperty({ enum: ['create', 'update', 'delete', 'move'] })
  op: PreviewOp;
  @ApiPropertyOptional({ example: 'notes/old.md', description: 'Of a move: the path it was moved from' })
  from?: string;
}

export class RunChangePage {
  @ApiProperty({ type: [RunChangeView] })
  items: RunChangeView[];
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
    description: 'The commit that the plan compares',
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

export class QuarantineView {
  @ApiProperty({ example: 'yaml_invalid' })
  code: string;
  @ApiProperty({
    example: 'the YAML does not parse at line 3, column 8',
    description: 'What is wrong, and what to do',
  })
  message: string;
  @ApiProperty({ type: Number, nullable: true, example: 3 })
  line: number | null;
  @ApiProperty({ type: Number, nullable: true, example: 8 })
  column: number | null;
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
  @ApiPropertyOptional({ type: QuarantineView, description: 'Only of a file in quarantine' })
  quarantine?: QuarantineView;
  @ApiProperty({ type: String, nullable: true, example: BLOB })
  dotBlob: string | null;
  @ApiProperty({ type: String, nullable: true, example: BLOB })
  gitlabBlob: string | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  at: string | null;

  static from(file: FileState): FileStateView {
    const { reason, quarantine, at } = file;
    return {
      ...file,
      ...(reason && { reason: inert(reason) }),
      ...(quarantine && { quarantine: { ...quarantine, message: inert(quarantine.message) } }),
      at: at?.toISOString() ?? null,
    };
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

export class ConflictSideView {
  @ApiProperty()
  author: AuthorView;
  @ApiProperty({ format: 'date-time' })
  at: string;
  @ApiProperty({
    example: '0b8f4a52-6a0c-4a49-9a2e-2f6c8f0a7a11.0',
    description: "The version's id; its text may be pruned in time, unless it is the one that lost",
  })
  version: string;
  @ApiProperty({
    type: String,
    nullable: true,
    example: COMMIT,
    description: 'The commit it came from or became',
  })
  commit: string | null;

  static from({ author, at, version, commit }: ConflictSide): ConflictSideView {
    return { author: AuthorView.from(author), at: at.toISOString(), version, commit };
  }
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
  @ApiProperty({ format: 'uuid', description: 'The run that found it' })
  runId: string;
  @ApiProperty({ type: ConflictSideView, nullable: true, description: 'The version that won' })
  stands: ConflictSideView | null;
  @ApiProperty({ type: ConflictSideView, description: 'The version that lost' })
  kept: ConflictSideView;
  @ApiProperty({
    type: ConflictSideView,
    nullable: true,
    description: 'The version that both sides changed; null if there was none',
  })
  base: ConflictSideView | null;

  static from({ id, path, at, winner, runId, stands, kept, base }: Conflict): ConflictView {
    return {
      ...{ id, path, at: at.toISOString(), winner: nameOfSide(winner), runId },
      stands: stands && ConflictSideView.from(stands),
      kept: ConflictSideView.from(kept),
      base: base && ConflictSideView.from(base),
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
