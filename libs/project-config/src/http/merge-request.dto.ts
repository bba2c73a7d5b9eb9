import { ApiProperty } from '@nestjs/swagger';
import type * as views from '../application/project.view';

const STATES = ['opened', 'merged', 'closed', 'branch_deleted', 'retargeted'] as const;

export class MergeRequestView implements views.MergeRequestView {
  @ApiProperty({ example: 12 })
  readonly iid: number;
  @ApiProperty({ example: 'https://gitlab.com/acme/context/-/merge_requests/12' })
  readonly webUrl: string;
  @ApiProperty({
    enum: STATES,
    example: 'opened',
    description:
      '`closed`: a person refused it; `branch_deleted`: a person deleted its branch; `retargeted`: a person chose another target branch',
  })
  readonly state: (typeof STATES)[number];
  @ApiProperty({ example: 'Update 3 context files from Dot' })
  readonly title: string;
  @ApiProperty({ example: 3, description: 'Files that it would change' })
  readonly changes: number;
  @ApiProperty({ example: false, description: 'GitLab found that the branches conflict' })
  readonly conflict: boolean;
  @ApiProperty({ type: String, format: 'date-time' })
  readonly updatedAt: string;
}
