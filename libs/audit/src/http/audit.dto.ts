import { ApiProperty } from '@nestjs/swagger';
import type { Actor, Page } from '@app/kernel';
import type * as views from '../application/audit.view';

class ActorView {
  @ApiProperty({ example: 'ada@example.com', description: "The token's `sub`" })
  readonly subject: string;
  @ApiProperty({ example: 'Ada' })
  readonly name: string;
  @ApiProperty({
    enum: ['admin', 'member', 'operator', 'service'],
    description: '`service`: the service acts without a request, e.g. when it renews a token',
  })
  readonly role: Actor['role'];
}

export class AuditEntryView implements views.AuditEntryView {
  @ApiProperty({ format: 'uuid' })
  readonly id: string;
  @ApiProperty({ format: 'date-time' })
  readonly at: string;
  @ApiProperty({ type: ActorView })
  readonly actor: ActorView;
  @ApiProperty({ example: 'project.configure' })
  readonly action: string;
  @ApiProperty({ type: String, nullable: true, example: 'ada/context, branch main' })
  readonly target: string | null;
  @ApiProperty({ example: '203.0.113.7', description: 'The network address the request came from' })
  readonly from: string;
  @ApiProperty({
    example: 'ok',
    description: '`ok`; `begun`, before a change on GitLab; or the code of the error',
  })
  readonly result: string;
}

export class AuditPage implements Page<AuditEntryView> {
  @ApiProperty({ type: [AuditEntryView] })
  readonly items: readonly AuditEntryView[];
  @ApiProperty({ type: String, nullable: true })
  readonly nextCursor: string | null;
}
