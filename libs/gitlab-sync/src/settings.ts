import type { Type } from '@nestjs/common';
import type { ContextStore, Quota } from '@app/context-store';
import type { TokenLifecycleSettings } from '@app/credentials';
import type { DatabaseSettings } from '@app/database';
import type { GitLabModuleSettings } from '@app/gitlab';
import type { StreamLimits } from '@app/http';
import type { InspectionLimits } from '@app/inspection';
import type { Secret } from '@app/kernel';
import type { SyncEngineModuleSettings } from '@app/sync-engine';
import type { Retention } from './retention';

/** Everything a host decides. The module itself reads no environment. */
export interface GitLabSyncSettings {
  readonly database: DatabaseSettings;
  /** Distributes the work over processes through Bull; without it the wake queue stays within this process. */
  readonly redisUrl?: string;
  /** `web` takes requests, `worker` syncs, `all` (the default) does both. */
  readonly role?: 'all' | 'web' | 'worker';
  /** `id:base64-of-32-bytes,...`: the first encrypts, all decrypt. */
  readonly keyRing: Secret;
  /** The base of the webhook URLs, at which GitLab reaches this service. */
  readonly publicUrl: string;
  readonly gitlab?: GitLabModuleSettings;
  readonly sync?: Pick<SyncEngineModuleSettings, 'concurrency' | 'pollSeconds' | 'leaseMs' | 'sweepMs'>;
  readonly tokenLifecycle?: Partial<TokenLifecycleSettings>;
  readonly maxFileBytes?: number;
  /** Limits for the files of one org; 1 GiB and 100,000 files by default. */
  readonly quota?: Partial<Quota>;
  /** Limits for the inspection of untrusted texts. */
  readonly inspection?: Partial<InspectionLimits>;
  /** The host's own store of context files, instead of the one in the database. */
  readonly contextStore?: Type<ContextStore>;
  /** Most event streams that one process holds open, for an org and for a caller. */
  readonly eventStreams?: Partial<StreamLimits>;
  /** Days for which history is kept. */
  readonly retention?: Partial<Retention>;
}
