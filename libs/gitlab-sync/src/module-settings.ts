import { ContextStoreSettings, DEFAULT_QUOTA } from '@app/context-store';
import { TokenLifecycleSettings } from '@app/credentials';
import type { DatabaseSettings } from '@app/database';
import type { GitLabModuleSettings } from '@app/gitlab';
import { InspectionLimits } from '@app/inspection';
import { Secret } from '@app/kernel';
import { NotificationsSettings } from '@app/notifications';
import { SyncEngineSettings, type WakeQueueSettings } from '@app/sync-engine';
import { WebhookUrls } from '@app/webhooks';
import { loadMetrics } from './load-metrics';
import type { GitLabSyncOptions } from './options';
import { OPTIONS } from './ports.module';
import { RedisConnection } from './redis-connection';

/** Reads the settings of one module from the options, which may arrive after the module is imported. */
const from = <T>(read: (options: GitLabSyncOptions) => T) => ({ inject: [OPTIONS], useFactory: read });

const sizesOf = ({ maxFileBytes, quota }: GitLabSyncOptions) => ({
  ...(maxFileBytes !== undefined && { maxFileBytes }),
  quota: { ...DEFAULT_QUOTA, ...quota },
});

function notificationsSettings({ publicUrl, gitlab = {}, notifications = {} }: GitLabSyncOptions) {
  const { pageUrl, smtpUrl, allowPrivate, everyMs, timeoutMs } = notifications;
  const { caFile, httpsProxy, noProxy } = gitlab;
  return new NotificationsSettings({
    pageUrl: pageUrl ?? `${publicUrl.replace(/\/+$/, '')}/panel`,
    ...(smtpUrl && { smtpUrl: smtpUrl instanceof Secret ? smtpUrl : new Secret(smtpUrl) }),
    ...(everyMs !== undefined && { everyMs }),
    ...(timeoutMs !== undefined && { timeoutMs }),
    outbound: { allowPrivate, caFile, httpsProxy, noProxy },
  });
}

export const settingsOf = {
  database: from(({ database, schema, migrations }): DatabaseSettings => ({
    ...database,
    schema,
    migrations,
  })),
  contextStore: from((options) => new ContextStoreSettings(sizesOf(options))),
  inspection: from(({ inspection }) => new InspectionLimits(inspection)),
  syncEngine: from(({ statusUrlTemplate, ...options }) => {
    const links = statusUrlTemplate === undefined ? {} : { statusUrlTemplate };
    return new SyncEngineSettings({ ...options.sync, ...sizesOf(options), ...links });
  }),
  tokenLifecycle: from(({ tokenCare }) => new TokenLifecycleSettings(tokenCare)),
  wakeQueue: from(({ wakeQueue }): WakeQueueSettings | null => wakeQueue ?? null),
  webhookUrls: from(({ publicUrl, webhookPath }) => new WebhookUrls(publicUrl, webhookPath)),
  notifications: from(notificationsSettings),
  gitlab: {
    inject: [OPTIONS, RedisConnection],
    useFactory: (
      { gitlab, metrics }: GitLabSyncOptions,
      { client }: RedisConnection,
    ): GitLabModuleSettings => ({
      observer: metrics && loadMetrics().gitLabMetrics(metrics),
      ...gitlab,
      limiter: { redis: client ?? undefined, ...gitlab?.limiter },
    }),
  },
};
