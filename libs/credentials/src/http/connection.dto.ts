import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean, IsOptional, IsString, MaxLength, ValidateBy, ValidateIf } from 'class-validator';
import { Secret } from '@app/kernel';
import type * as views from '../application/connection.view';
import type { TokenKind } from '../domain/connection';
import { hasTokenForm, TOKEN_FORM } from '../domain/token-form';

const SELF_ROTATION =
  'Whether the token renews itself at GitLab before it expires (GitLab 16.10 and later); off by default.';

const IsToken = () =>
  ValidateBy({
    name: 'isToken',
    validator: {
      validate: (value: unknown) => value instanceof Secret && hasTokenForm(value),
      defaultMessage: () => `must be ${TOKEN_FORM}`,
    },
  });

interface Given {
  readonly value: unknown;
}

/** Reads a text as a secret. A host's own validation pipe runs before ours, and turns it back into a text. */
const AsSecret = () =>
  applyDecorators(
    Transform(({ value }: Given) => (typeof value === 'string' ? new Secret(value.trim()) : value), {
      toClassOnly: true,
    }),
    Transform(({ value }: Given) => (value instanceof Secret ? value.reveal() : value), {
      toPlainOnly: true,
    }),
  );

export class ConnectBody {
  @ApiProperty({
    type: String,
    writeOnly: true,
    example: 'glpat-…',
    description:
      'A personal, group or project access token with the `api` scope. Stored encrypted, never returned.',
  })
  @AsSecret()
  @IsToken()
  token: Secret;

  @ApiPropertyOptional({
    example: 'https://gitlab.your-company.com',
    description:
      'The instance, for self-hosted GitLab. Blank is https://gitlab.com. A project URL is cut to its host, ' +
      'and to the path below which GitLab is served if the operator listed the host with it.',
  })
  @IsOptional()
  @IsString()
  @MaxLength(2000)
  instanceUrl?: string;

  @ApiPropertyOptional({ description: SELF_ROTATION })
  @IsOptional()
  @IsBoolean()
  selfRotation?: boolean;
}

export class ConnectionChangeBody {
  @ApiPropertyOptional({
    type: String,
    writeOnly: true,
    example: 'glpat-…',
    description: 'A token of the connected user, for the connected instance',
  })
  @ValidateIf(({ token }: ConnectionChangeBody) => token !== undefined)
  @AsSecret()
  @IsToken()
  token?: Secret;

  @ApiPropertyOptional({ description: SELF_ROTATION })
  @ValidateIf(({ selfRotation }: ConnectionChangeBody) => selfRotation !== undefined)
  @IsBoolean()
  selfRotation?: boolean;
}

/** A connection as shown to users, without the token. */
export class ConnectionView implements views.ConnectionView {
  @ApiProperty({
    example: 'https://gitlab.com',
    description: 'With the path below which GitLab is served, if the operator listed one for the host',
  })
  readonly instanceUrl: string;
  @ApiProperty({ example: 'ada' })
  readonly username: string;
  @ApiProperty({ enum: ['personal', 'project', 'group'] })
  readonly tokenKind: TokenKind;
  @ApiProperty({ type: [String], example: ['api'] })
  readonly scopes: readonly string[];
  @ApiProperty({ type: String, format: 'date-time', nullable: true, example: '2027-01-31T00:00:00.000Z' })
  readonly expiresAt: string | null;
  @ApiProperty({ description: 'False hides “Create new project”' })
  readonly canCreateProjects: boolean;
  @ApiProperty({
    type: String,
    nullable: true,
    example: null,
    description:
      'A notice about the token for the admin: why no project can be created, or that it expires soon',
  })
  readonly notice: string | null;
  @ApiProperty({ format: 'date-time', example: '2026-01-01T12:00:00.000Z' })
  readonly connectedAt: string;
  @ApiProperty({ example: 'Ada' })
  readonly connectedBy: string;
  @ApiPropertyOptional({ enum: [true], description: 'Present if the token renews itself' })
  readonly selfRotation?: true;
}

class CheckView {
  @ApiProperty({
    example: 'token',
    description:
      '`instance`, `token`, `scope`; once a project is configured also `project`, `push` and `webhook`',
  })
  readonly name: string;
  @ApiProperty()
  readonly ok: boolean;
  @ApiProperty({ example: 'GitLab accepts the token of ada.' })
  readonly detail: string;
}

export class CheckedConnectionView extends ConnectionView implements views.CheckedConnectionView {
  @ApiProperty({ type: [CheckView] })
  readonly checks: readonly CheckView[];
}
