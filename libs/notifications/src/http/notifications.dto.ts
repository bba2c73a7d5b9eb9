import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsObject,
  IsOptional,
  IsString,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import type * as views from '../application/notifications.view';
import type { ChannelsChange } from '../domain/channels';
import { CHANNELS, type ChannelName } from '../domain/message';

const LONGEST = 2_000;
const MOST = 10;

class WebhookBody {
  @ApiProperty({ example: 'https://example.com/hooks/dot', maxLength: LONGEST })
  @IsString()
  @MaxLength(LONGEST)
  url: string;

  @ApiPropertyOptional({
    example: 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD',
    description:
      'Signs each message as [Standard Webhooks](https://www.standardwebhooks.com) says: `whsec_` and 24 to 64 bytes in base64. ' +
      'Needed with the first URL; the present secret stays if it is omitted. Never returned.',
    maxLength: 200,
  })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  secret?: string;
}

class SlackBody {
  @ApiProperty({ example: 'https://hooks.slack.com/services/T000/B000/XXXX', maxLength: LONGEST })
  @IsString()
  @MaxLength(LONGEST)
  url: string;
}

export class NotificationsBody implements ChannelsChange {
  @ApiPropertyOptional({ type: WebhookBody, nullable: true })
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => WebhookBody)
  webhook?: WebhookBody | null;

  @ApiPropertyOptional({
    type: SlackBody,
    nullable: true,
    description: 'An incoming webhook of Slack, Mattermost or any other chat that takes its messages',
  })
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => SlackBody)
  slack?: SlackBody | null;

  @ApiPropertyOptional({
    type: [String],
    nullable: true,
    maxItems: MOST,
    example: ['ada@example.com'],
    description: 'All addresses; needs a mail server of the operator',
  })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MOST)
  @IsString({ each: true })
  email?: string[] | null;
}

class UrlView {
  @ApiProperty({ example: 'https://example.com/hooks/dot' })
  readonly url: string;
}

class SlackView {
  @ApiProperty({ example: 'https://hooks.slack.com', description: 'The origin; the rest is a secret' })
  readonly url: string;
}

class FailureView implements views.FailureView {
  @ApiProperty({ format: 'date-time' })
  readonly at: string;
  @ApiProperty({ example: 'the receiver answered 500' })
  readonly detail: string;
  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'When it is tried again; null if it was given up',
  })
  readonly retryAt: string | null;
}

class ChannelView implements views.ChannelView {
  @ApiProperty({ enum: CHANNELS })
  readonly channel: ChannelName;
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  readonly deliveredAt: string | null;
  @ApiProperty({
    type: FailureView,
    nullable: true,
    example: null,
    description: 'Null unless the last delivery failed',
  })
  readonly failure: FailureView | null;
}

export class NotificationsView implements views.NotificationsView {
  @ApiProperty({
    enum: ['channels', 'host'],
    description: '`host`: the program around the sync sends all messages itself; the channels are not used',
  })
  readonly deliveredBy: 'channels' | 'host';
  @ApiProperty({ type: UrlView, nullable: true })
  readonly webhook: UrlView | null;
  @ApiProperty({ type: SlackView, nullable: true })
  readonly slack: SlackView | null;
  @ApiProperty({ type: [String], example: ['ada@example.com'] })
  readonly email: readonly string[];
  @ApiProperty({ example: true, description: 'False if the operator has set no mail server' })
  readonly emailAvailable: boolean;
  @ApiProperty({ type: [ChannelView], description: 'How the last messages arrived, for each channel' })
  readonly channels: readonly ChannelView[];
}

class TestResult {
  @ApiProperty({ enum: CHANNELS })
  readonly channel: ChannelName;
  @ApiProperty({ example: true })
  readonly ok: boolean;
  @ApiProperty({ type: String, nullable: true, example: null, description: 'What went wrong' })
  readonly detail: string | null;
}

export class NotificationsTestView implements views.NotificationsTestView {
  @ApiProperty({ type: [TestResult], description: 'One for each channel; empty if there is none' })
  readonly results: readonly TestResult[];
}
