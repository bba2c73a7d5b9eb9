import { ApiProperty } from '@nestjs/swagger';
import type * as views from '../application/finding.view';
import type { PreviewOp } from '../domain/preview-ops';
import type { SideName } from '../domain/side';

const COMMIT = '6f1e3c2b1a0d9e8f7a6b5c4d3e2f1a0b9c8d7e6f';

class PlannedView {
  @ApiProperty({ example: 'notes/churn.md' })
  readonly path: string;
  @ApiProperty({ enum: ['create', 'update', 'delete', 'move'] })
  readonly op: PreviewOp;
}

class PlannedConflictView {
  @ApiProperty({ example: 'notes/plan.md' })
  readonly path: string;
  @ApiProperty({ enum: ['dot', 'gitlab'] })
  readonly winner: SideName;
  @ApiProperty({ example: 'the later change' })
  readonly reason: string;
}

class PlannedQuarantineView {
  @ApiProperty({ example: 'notes/large.md' })
  readonly path: string;
  @ApiProperty({ example: 'too_big: more than the limit of 1048576 bytes' })
  readonly reason: string;
}

export class PlanView implements views.PlanView {
  @ApiProperty({
    type: String,
    nullable: true,
    example: COMMIT,
    description: 'The commit that the plan compares',
  })
  readonly head: string | null;
  @ApiProperty({ type: [PlannedView] })
  readonly push: readonly PlannedView[];
  @ApiProperty({ type: [PlannedView] })
  readonly pull: readonly PlannedView[];
  @ApiProperty({ type: [PlannedConflictView] })
  readonly conflicts: readonly PlannedConflictView[];
  @ApiProperty({ type: [PlannedQuarantineView] })
  readonly quarantined: readonly PlannedQuarantineView[];
  @ApiProperty({
    type: [String],
    example: [],
    description: 'What would refuse a merge request, if `publish` is `merge_request`: a role, a rule, a name',
  })
  readonly warnings: readonly string[];
}
