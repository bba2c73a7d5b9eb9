import type { Redis } from 'ioredis';
import type { Registry } from 'prom-client';
import type { Quota } from '@app/context-store';
import type { TokenLifecycleSettings } from '@app/credentials';
import type { DatabaseOptions, DatabaseSettings } from '@app/database';
import type { GitLabModuleSettings } from '@app/gitlab';
import type { StreamLimits } from '@app/http';
import type { InspectionLimits } from '@app/inspection';
import type { Secret } from '@app/kernel';
import type { SyncEngineSettings } from '@app/sync-engine';
import type { Retention } from './retention';

/** The settings of GitLab Sync. The module itself reads no environment. */
export interface GitLabSyncOptions {
  /** PostgreSQL, by a URL or as the data source of the host reaches it. */
  readonly database: DatabaseOptions;
  /** The schema of our tables, in lower case; `gitlab_sync` by default. */
  readonly schema?: string;
  /** `check` refuses a schema that is out of date; `off` skips the check. `run` by default. */
  readonly migrations?: DatabaseSettings['migrations'];
  /** Distributes the work over processes through Redis; without it the wake queue stays within this process. */
  readonly wakeQueue?: WakeQueueOptions;
  /** The base of the webhook URLs, at which GitLab reaches this service. */
  readonly publicUrl: string;
  /** Follows `publicUrl` in the webhook URLs, if the host's prefix or proxy changes it; `webhooks/gitlab` by default. */
  readonly webhookPath?: string;
  /** `id:base64-of-32-bytes,...`: the first encrypts, all decrypt. Required without the extra `keySource`. */
  readonly keys?: string | Secret;
  readonly gitlab?: GitLabModuleSettings;
  readonly sync?: Partial<Pick<SyncEngineSettings, 'concurrency' | 'pollSeconds' | 'leaseMs' | 'sweepMs'>>;
  /** Days for which history is kept. */
  readonly retention?: Partial<Retention>;
  readonly tokenCare?: Partial<TokenLifecycleSettings>;
  /**
   * The page that the statuses of commits link to, such as `https://dot.example.com/orgs/{org}/runs/{run}`; no link by
   * default.
   */
  readonly statusUrlTemplate?: string;
  /** Larger files are refused and quarantined; 1 MiB by default. */
  readonly maxFileBytes?: number;
  /** Limits for the files of one org; 1 GiB and 100,000 files by default. */
  readonly quota?: Partial<Quota>;
  /** Limits for the inspection of untrusted texts. */
  readonly inspection?: Partial<InspectionLimits>;
  /** Most event streams that one process holds open, for an org and for a caller. */
  readonly eventStreams?: Partial<StreamLimits>;
  /** Messages to the people of each org. */
  readonly notifications?: NotificationsOptions;
  /** The registry of prom-client that receives our metrics; none by default. */
  readonly metrics?: Registry;
}

/** The settings of messages to people. */
export interface NotificationsOptions {
  /** The page that messages link to; `{org}` is replaced. `publicUrl` with `/panel` by default. */
  readonly pageUrl?: string;
  /** `smtp://` or `smtps://`, with the sender as `?from=`. Without it no e-mails are sent. */
  readonly smtpUrl?: string | Secret;
  /** Hosts, addresses or CIDRs that may be private or used without TLS, for webhooks and chats. */
  readonly allowPrivate?: readonly string[];
  /** Milliseconds between looks for messages that are due; 5 seconds by default. */
  readonly everyMs?: number;
  /** Time for one attempt to deliver a message; 10 seconds by default. */
  readonly timeoutMs?: number;
}

/** Redis, by a URL or by a connection of the host. */
export type WakeQueueOptions =
  | {
      readonly url: string;
      /** Precedes the keys in Redis; made of the database's id by default, so that deployments may share a Redis. */
      readonly prefix?: string;
    }
  | {
      /** A connection of the host. It is duplicated, and never closed. */
      readonly connection: Redis;
      readonly prefix?: string;
    };
