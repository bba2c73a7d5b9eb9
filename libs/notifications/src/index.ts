export { ComposeMessages } from './application/compose-messages';
export { DeliverMessages } from './application/deliver-messages';
export { DetectRecoveries } from './application/detect-recoveries';
export { NotificationsApi } from './application/notifications.api';
export { NotificationsSettings } from './application/notifications.settings';
export type {
  ChannelView,
  FailureView,
  NotificationsTestView,
  NotificationsView,
} from './application/notifications.view';
export { Notifier } from './application/ports/notifier.port';
export { ResealChannels } from './application/reseal-channels';
export type { TestResult } from './application/send-test';
export type { ChannelsChange } from './domain/channels';
export { CHANNELS } from './domain/message';
export type { ChannelName } from './domain/message';
export type { KeptOut, Notice } from './domain/notice';
export { mailServerOf } from './domain/smtp-url';
export type { MailServer } from './domain/smtp-url';
export { notificationsMigrations } from './infrastructure/migrations';
export { NotificationsPruner } from './infrastructure/notifications-pruner';
export { NotificationsModule } from './notifications.module';
