import type { GitLabSyncOptions } from '@app/gitlab-sync';
import { Secret } from '@app/kernel';
import type { ServerSettings } from '../../apps/server/src/settings';

/** Differences between the processes of a test service; JSON-safe for a child process. */
export interface ServiceShape {
  readonly role: 'all' | 'web' | 'worker';
  readonly databaseUrl: string;
  /** Time limit of PostgreSQL for a statement. */
  readonly databasePatienceMs?: number;
  readonly redisUrl?: string;
  readonly publicUrl: string;
  /** The port it listens on; absent if it does not listen. */
  readonly port?: number;
  /** Signs and verifies the tokens of callers. */
  readonly secret: string;
  readonly sync?: GitLabSyncOptions['sync'];
  /** Any number if absent. */
  readonly gitLabCallsPerMinute?: number;
  /** Hosts whose GitLab is served below a path. */
  readonly gitLabBasePaths?: readonly string[];
  /** Origins whose pages may embed the settings page. */
  readonly panelOrigins?: readonly string[];
  readonly notifications?: GitLabSyncOptions['notifications'];
  /** Limits for the inspection of texts. */
  readonly inspection?: GitLabSyncOptions['inspection'];
}

const POOL_SIZE = 6;
const KEY_RING = `test:${Buffer.alloc(32, 7).toString('base64')}`;

/** The service as tests run it: beside a fake GitLab on this machine, which takes any number of requests. */
export function serviceSettings(shape: ServiceShape): ServerSettings {
  return {
    auth: { key: { secret: new Secret(shape.secret) } },
    rateLimitPerMinute: 1_000_000,
    logLevel: 'silent',
    metrics: 'beside-api',
    panelOrigins: shape.panelOrigins,
    gitLabSync: {
      database: { url: shape.databaseUrl, poolSize: POOL_SIZE, patienceMs: shape.databasePatienceMs },
      wakeQueue: shape.redisUrl === undefined ? undefined : { url: shape.redisUrl },
      role: shape.role,
      keys: new Secret(KEY_RING),
      publicUrl: shape.publicUrl,
      statusUrlTemplate: 'https://dot.example.com/{org}/runs/{run}',
      gitlab: {
        timeoutMs: 10_000,
        allowPrivate: ['127.0.0.1'],
        basePaths: shape.gitLabBasePaths,
        limiter: { requestsPerMinute: shape.gitLabCallsPerMinute ?? 1_000_000 },
      },
      sync: { concurrency: 4, pollSeconds: 0, sweepMs: 1000, ...shape.sync },
      maxFileBytes: 1_048_576,
      inspection: shape.inspection,
      notifications: shape.notifications,
    },
  };
}

/** The same for `main`, as an operator would say it. */
export function serviceEnv({ role, databaseUrl, redisUrl, publicUrl, secret, port }: ServiceShape) {
  return {
    ROLE: role,
    PORT: String(port),
    DATABASE_URL: databaseUrl,
    REDIS_URL: redisUrl,
    PUBLIC_URL: publicUrl,
    AUTH_JWT_SECRET: secret,
    SECRETS_KEYS: KEY_RING,
    GITLAB_ALLOW_PRIVATE: '127.0.0.1',
    POLL_SECONDS: '0',
    LOG_LEVEL: 'warn',
  };
}
