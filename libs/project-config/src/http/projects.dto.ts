import { ApiProperty } from '@nestjs/swagger';
import type { Branch, Project } from '@app/gitlab';
import { inert, type Page } from '@app/kernel';

class ProjectChoice {
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

class BranchChoice {
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

export class ProjectChoices {
  @ApiProperty({ type: [ProjectChoice] })
  readonly items: readonly ProjectChoice[];
  @ApiProperty(NEXT_CURSOR)
  readonly nextCursor: string | null;

  static from({ items, nextCursor }: Page<Project>): ProjectChoices {
    return { items: items.map(projectChoice), nextCursor };
  }
}

export class BranchChoices {
  @ApiProperty({ type: [BranchChoice] })
  readonly items: readonly BranchChoice[];
  @ApiProperty(NEXT_CURSOR)
  readonly nextCursor: string | null;

  static from({ items, nextCursor }: Page<Branch>): BranchChoices {
    return { items: items.map(branchChoice), nextCursor };
  }
}

function projectChoice(project: Project): ProjectChoice {
  const { id, name, pathWithNamespace, webUrl, defaultBranch, emptyRepo, archived } = project;
  return { id, name: inert(name), pathWithNamespace, webUrl, defaultBranch, emptyRepo, archived };
}

function branchChoice(branch: Branch): BranchChoice {
  return {
    name: branch.name,
    default: branch.default,
    protected: branch.protected,
    canPush: branch.canPush,
  };
}
