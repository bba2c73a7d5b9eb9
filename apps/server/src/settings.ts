import type { GitLabSyncExtras, GitLabSyncOptions, Secret } from '@app/gitlab-sync';
import type { EmbeddedPostgres } from './embedded-postgres/embedded-postgres';
import type { Env } from './env';
import type { TimeoutSettings } from './http/http-server';
import { GeneratedSecrets } from './generated-secrets';

/** Verifies HS256 tokens and, for local use, signs them. */
export interface SecretAuth {
  readonly key: { readonly secret: Secret };
  readonly audience?: string;
  readonly issuer?: string;
}

/**
 * Verifies tokens with public keys. Others have tokens signed with the same keys: audience and issuer identify ours.
 */
export interface PublicKeyAuth {
  readonly key: { readonly jwksUrl: string };
  readonly audience: string;
  readonly issuer: string;
}

export type AuthSettings = SecretAuth | PublicKeyAuth;

export interface ServerSettings {
  readonly auth: AuthSettings;
  /** 0 turns the limit off. */
  readonly rateLimitPerMinute: number;
  readonly logLevel: string;
  /** Serves `/metrics` beside the API, or on its own port. */
  readonly metrics: 'beside-api' | 'apart';
  /** Serves Swagger UI and the OpenAPI document; `on` by default. */
  readonly docs?: 'on' | 'off';
  /** Origins of pages that may embed the settings page's element and call the API; none by default. */
  readonly panelOrigins?: readonly string[];
  /** Directory of the built settings page; `dist/panel` by default. */
  readonly panelDir?: string;
  /** The number of proxies in front, or their addresses and ranges; without any, the connection's address is used. */
  readonly trustProxy?: number | readonly string[];
  /** Timeouts for slow clients; defaults are in `TimeoutSettings`. */
  readonly timeouts?: Partial<TimeoutSettings>;
  readonly gitLabSync: GitLabSyncOptions & Pick<GitLabSyncExtras, 'role'>;
}

/** The URLs of the service's database user and of the owner of its tables. */
export interface DatabaseUrls {
  readonly url: string;
  readonly migrationsUrl?: string;
}

/** Returns null if the embedded database is to be started. */
export function databaseUrls(env: Env): DatabaseUrls | null {
  const { DATABASE_URL: url, MIGRATIONS_DATABASE_URL: migrationsUrl } = env;
  return url === null ? null : { url, migrationsUrl: migrationsUrl ?? undefined };
}

export const embeddedUrls = ({ serviceUrl, url }: EmbeddedPostgres): DatabaseUrls => ({
  url: serviceUrl,
  migrationsUrl: url,
});

export function serverSettings(env: Env, database: DatabaseUrls): ServerSettings {
  return {
    auth: authSettings(env),
    rateLimitPerMinute: env.RATE_LIMIT_PER_MINUTE,
    logLevel: env.LOG_LEVEL,
    metrics: metricsPort(env) === env.PORT ? 'beside-api' : 'apart',
    docs: env.DOCS,
    panelOrigins: env.PANEL_ORIGINS ?? [],
    trustProxy: env.TRUST_PROXY ?? undefined,
    gitLabSync: {
      database: {
        ...database,
        allowUnlockedTenants: env.ALLOW_UNLOCKED_TENANTS,
      },
      migrations: env.MIGRATIONS,
      wakeQueue: env.REDIS_URL === null ? undefined : { url: env.REDIS_URL },
      role: env.ROLE,
      keys: env.SECRETS_KEYS ?? new GeneratedSecrets(env.DATA_DIR).secretsKeys(),
      publicUrl: env.PUBLIC_URL ?? listenUrl(env),
      statusUrlTemplate: env.STATUS_URL_TEMPLATE ?? `${env.PUBLIC_URL ?? listenUrl(env)}/panel`,
      gitlab: {
        timeoutMs: env.GITLAB_TIMEOUT_MS,
        allowPrivate: env.GITLAB_ALLOW_PRIVATE ?? [],
        basePaths: env.GITLAB_BASE_PATHS ?? [],
        caFile: env.GITLAB_CA_FILE ?? undefined,
        httpsProxy: env.HTTPS_PROXY ?? undefined,
        noProxy: env.NO_PROXY ?? undefined,
        limiter: { requestsPerMinute: env.GITLAB_CALLS_PER_MINUTE ?? undefined },
      },
      notifications: {
        allowPrivate: env.NOTIFY_ALLOW_PRIVATE ?? [],
        smtpUrl: env.SMTP_URL ?? undefined,
      },
      sync: { concurrency: env.SYNC_CONCURRENCY, pollSeconds: env.POLL_SECONDS },
      maxFileBytes: env.MAX_FILE_BYTES,
      quota: { maxBytes: env.QUOTA_BYTES, maxFiles: env.QUOTA_FILES },
    },
  };
}

export function authSettings(env: Env): AuthSettings {
  const { AUTH_JWKS_URL: jwksUrl, AUTH_JWT_AUDIENCE: audience, AUTH_JWT_ISSUER: issuer } = env;
  if (jwksUrl && audience && issuer) return { key: { jwksUrl }, audience, issuer };
  const secret = env.AUTH_JWT_SECRET ?? new GeneratedSecrets(env.DATA_DIR).jwtSecret();
  return { key: { secret }, audience: audience ?? undefined, issuer: issuer ?? undefined };
}

export const metricsPort = (env: Env): number => env.METRICS_PORT ?? env.PORT;

/** A worker has no load balancer in front. */
export const shutdownDelayMs = (env: Env): number => (env.ROLE === 'worker' ? 0 : env.SHUTDOWN_DELAY_MS);

export const listenUrl = ({ HOST, PORT }: Env): string =>
  `http://${HOST.includes(':') ? `[${HOST}]` : HOST}:${PORT}`;
