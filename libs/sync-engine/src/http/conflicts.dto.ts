import { ApiProperty } from '@nestjs/swagger';
import type { Page } from '@app/kernel';
import type * as views from '../application/finding.view';
import type { SideName } from '../domain/side';
import { AuthorView } from './author.dto';

const COMMIT = '6f1e3c2b1a0d9e8f7a6b5c4d3e2f1a0b9c8d7e6f';

export class ConflictSideView implements views.ConflictSideView {
  @ApiProperty()
  readonly author: AuthorView;
  @ApiProperty({ format: 'date-time' })
  readonly at: string;
  @ApiProperty({
    example: '0b8f4a52-6a0c-4a49-9a2e-2f6c8f0a7a11.0',
    description: "The version's id; its text may be pruned in time, unless it is the one that lost",
  })
  readonly version: string;
  @ApiProperty({
    type: String,
    nullable: true,
    example: COMMIT,
    description: 'The commit it came from or became',
  })
  readonly commit: string | null;
}

export class ConflictView implements views.ConflictView {
  @ApiProperty({ format: 'uuid' })
  readonly id: string;
  @ApiProperty({ example: 'notes/churn.md' })
  readonly path: string;
  @ApiProperty({ format: 'date-time' })
  readonly at: string;
  @ApiProperty({ enum: ['dot', 'gitlab'] })
  readonly winner: SideName;
  @ApiProperty({ format: 'uuid', description: 'The run that found it' })
  readonly runId: string;
  @ApiProperty({ type: ConflictSideView, nullable: true, description: 'The version that won' })
  readonly stands: ConflictSideView | null;
  @ApiProperty({ type: ConflictSideView, description: 'The version that lost' })
  readonly kept: ConflictSideView;
  @ApiProperty({
    type: ConflictSideView,
    nullable: true,
    description: 'The version that both sides changed; null if there was none',
  })
  readonly base: ConflictSideView | null;
}

export class ConflictPage implements Page<ConflictView> {
  @ApiProperty({ type: [ConflictView] })
  readonly items: readonly ConflictView[];
  @ApiProperty({ type: String, nullable: true })
  readonly nextCursor: string | null;
}

export class RestoredView {
  @ApiProperty({ example: 43 })
  readonly revision: number;
  @ApiProperty({ format: 'uuid' })
  readonly changeId: string;
}
