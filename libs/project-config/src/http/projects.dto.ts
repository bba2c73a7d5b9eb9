import { ApiProperty } from '@nestjs/swagger';
import type { Page } from '@app/kernel';
import type * as views from '../application/project.view';

class ProjectChoice implements views.ProjectChoice {
  @ApiProperty({ example: 4 })
  readonly id: number;
  @ApiProperty({ example: 'context' })
  readonly name: string;
  @ApiProperty({ example: 'acme/context' })
  readonly pathWithNamespace: string;
  @ApiProperty({ example: 'https://gitlab.com/acme/context' })
  readonly webUrl: string;
  @ApiProperty({ type: String, nullable: true, example: 'main' })
  readonly defaultBranch: string | null;
  @ApiProperty()
  readonly emptyRepo: boolean;
  @ApiProperty({ description: 'An archived project accepts no commits and cannot be configured' })
  readonly archived: boolean;
}

class BranchChoice implements views.BranchChoice {
  @ApiProperty({ example: 'main' })
  readonly name: string;
  @ApiProperty()
  readonly default: boolean;
  @ApiProperty()
  readonly protected: boolean;
  @ApiProperty({ description: 'Whether GitLab lets this token push to it' })
  readonly canPush: boolean;
}

const NEXT_CURSOR = {
  type: String,
  nullable: true,
  example: null,
  description: 'Send it as `cursor` for the next page; null on the last',
} as const;

export class ProjectChoices implements Page<views.ProjectChoice> {
  @ApiProperty({ type: [ProjectChoice] })
  readonly items: readonly ProjectChoice[];
  @ApiProperty(NEXT_CURSOR)
  readonly nextCursor: string | null;
}

export class BranchChoices implements Page<views.BranchChoice> {
  @ApiProperty({ type: [BranchChoice] })
  readonly items: readonly BranchChoice[];
  @ApiProperty(NEXT_CURSOR)
  readonly nextCursor: string | null;
}
