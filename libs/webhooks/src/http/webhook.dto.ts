import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { Page } from '@app/kernel';
import type { HookTest } from '../application/hooks/register-hook';
import type { Registered } from '../application/hooks/view-webhook';
import type { Handover } from '../application/secrets/rotate-secret';
import type * as views from '../application/webhook.view';
import type { Delivery } from '../domain/delivery';
import type { WebhookHealth } from '../domain/webhook-health';

const HEALTHS = [
  'healthy',
  'silent',
  'never_delivered',
  'refused',
  'disabled',
  'missing',
  'not_permitted',
] as const satisfies readonly WebhookHealth[];

/** Webhook as shown to admins and members; it holds no secret. */
export class WebhookView implements views.WebhookView {
  @ApiProperty({ example: 'https://dot.example.com/webhooks/gitlab/3q2-7wAAAAAAAAAAAAAAAAAAAAAAAAAA' })
  readonly url: string;
  @ApiProperty({
    enum: ['automatic', 'manual', 'none'],
    description: '`automatic`: made and maintained by `register`; `manual`: known only by its deliveries',
  })
  readonly registered: Registered;
  @ApiProperty({ type: String, format: 'date-time', nullable: true, example: '2026-01-01T12:00:00.000Z' })
  readonly lastDeliveryAt: string | null;
  @ApiProperty({ enum: HEALTHS })
  readonly health: WebhookHealth;
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Next step, if a person has to act',
    example: null,
  })
  readonly advice: string | null;
}

const SECRET = {
  example: 'mOZqOV0jZ0nT1pJc6XQ2l8mJr3b5m7d9f1h3k5n7q9s',
  description: "For GitLab's Secret token field",
} as const;
const SIGNING_TOKEN = {
  type: String,
  nullable: true,
  example: 'whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=',
  description: "For GitLab's Signing token field, if it has one",
} as const;

/** Secrets that prove a delivery. Only for admins. */
export class WebhookSecretView implements views.WebhookSecretView {
  @ApiProperty(SECRET)
  readonly secret: string;
  @ApiProperty(SIGNING_TOKEN)
  readonly signingToken: string | null;
}

class TestView implements HookTest {
  @ApiProperty({ example: true })
  readonly ok: boolean;
  @ApiProperty({ example: 'GitLab delivered a test event.' })
  readonly detail: string;
}

class HandoverView implements Handover {
  @ApiProperty({ example: true })
  readonly done: boolean;
  @ApiProperty({ example: 'GitLab has the new secret.' })
  readonly detail: string;
}

export class RegisteredWebhookView extends WebhookView implements views.RegisteredWebhookView {
  @ApiProperty({ type: TestView, description: 'Whether GitLab could deliver a sample push' })
  readonly test: TestView;
}

export class RotatedWebhookView extends WebhookView implements views.RotatedWebhookView {
  @ApiProperty(SECRET)
  readonly secret: string;
  @ApiProperty(SIGNING_TOKEN)
  readonly signingToken: string | null;
  @ApiProperty({ type: HandoverView, description: 'Whether GitLab has the new secret already' })
  readonly handover: HandoverView;
}

export class DeliveryView implements views.DeliveryView {
  @ApiProperty({ format: 'uuid' })
  readonly id: string;
  @ApiProperty({ format: 'date-time', example: '2026-01-01T12:00:00.000Z' })
  readonly at: string;
  @ApiProperty({ type: String, nullable: true, example: 'Push Hook' })
  readonly event: string | null;
  @ApiProperty({
    type: String,
    nullable: true,
    example: '6f1e3c2b1a0d9e8f7a6b5c4d3e2f1a0b9c8d7e6f',
    description: 'Commit that the branch points to, according to the delivery',
  })
  readonly commit: string | null;
  @ApiProperty({ enum: ['accepted', 'ignored', 'refused'] })
  readonly outcome: Delivery['outcome'];
  @ApiProperty({
    type: String,
    nullable: true,
    example: null,
    description:
      'Why it was ignored (`other_event`, `other_project`, `other_branch`, `own_commit`, `duplicate`, `not_configured`, ' +
      '`auto_pull_off`) or refused (`secret_missing`, `secret_wrong`, `signature_wrong`, `signature_expired`; ' +
      'only the last refusal of each kind is kept)',
  })
  readonly reason: Delivery['reason'];
  @ApiProperty({ type: String, nullable: true, description: 'The pull it led to' })
  readonly runId: string | null;
  @ApiProperty({
    example: 0,
    description:
      'Number of further deliveries of this kind that are counted here: beyond ten a second, none has its own row',
  })
  readonly coalesced: number;
}

export class DeliveriesView implements Page<DeliveryView> {
  @ApiProperty({ type: [DeliveryView] })
  readonly items: readonly DeliveryView[];
  @ApiProperty({ type: String, nullable: true, example: null })
  readonly nextCursor: string | null;
}

export class ReceiptView {
  @ApiProperty({ enum: ['accepted', 'ignored'] })
  readonly status: 'accepted' | 'ignored';
  @ApiPropertyOptional({ example: 'other_branch', description: 'Reason why there is nothing to do' })
  readonly reason?: string;
}
