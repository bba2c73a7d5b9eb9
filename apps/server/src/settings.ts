import type { GitLabSyncSettings } from '@app/gitlab-sync';
import type { Secret } from '@app/kernel';
import type { Env } from './env';
import type { Patience } from './http/patient-server';
import { GeneratedSecrets } from './generated-secrets';

export interface AuthSettings {
  /** Verifies (and, for local use, signs) HS256 tokens; the alternative is a set of public keys. */
  readonly key: { readonly secret: Secret } | { readonly jwksUrl: string };
  readonly audience?: string;
  readonly issuer?: string;
}

export interface ServerSettings {
  readonly auth: AuthSettings;
  /** 0 is off. */
  readonly rateLimitPerMinute: number;
  readonly logLevel: string;
  /** Whether `/metrics` answers beside the API, or on a listener of its own. */
  readonly metrics: 'beside-api' | 'apart';
  /** How long slow clients are waited for; what is left open is as in `Patience`. */
  readonly patience?: Partial<Patience>;
  readonly gitLabSync: GitLabSyncSettings;
}

export function serverSettings(env: Env, databaseUrl: string): ServerSettings {
  return {
    auth: authSettings(env),
    rateLimitPerMinute: env.RATE_LIMIT_PER_MINUTE,
    logLevel: env.LOG_LEVEL,
    metrics: metricsPort(env) === env.PORT ? 'beside-api' : 'apart',
    gitLabSync: {
      database: { url: databaseUrl },
      redisUrl: env.REDIS_URL ?? undefined,
      role: env.ROLE,
      keyRing: env.SECRETS_KEYS ?? new GeneratedSecrets(env.DATA_DIR).secretsKeys(),
      publicUrl: env.PUBLIC_URL ?? listenUrl(env),
      gitlab: {
        timeoutMs: env.GITLAB_TIMEOUT_MS,
        allowPrivate: env.GITLAB_ALLOW_PRIVATE ?? [],
        caFile: env.GITLAB_CA_FILE ?? undefined,
        httpsProxy: env.HTTPS_PROXY ?? undefined,
        noProxy: env.NO_PROXY ?? undefined,
        limiter: { requestsPerMinute: env.GITLAB_CALLS_PER_MINUTE },
      },
      sync: { concurrency: env.SYNC_CONCURRENCY, pollSeconds: env.POLL_SECONDS },
      maxFileBytes: env.MAX_FILE_BYTES,
      quota: { maxBytes: env.QUOTA_BYTES, maxFiles: env.QUOTA_FILES },
    },
  };
}

export function authSettings(env: Env): AuthSettings {
  const secret = env.AUTH_JWT_SECRET;
  return {
    key: env.AUTH_JWKS_URL
      ? { jwksUrl: env.AUTH_JWKS_URL }
      : { secret: secret ?? new GeneratedSecrets(env.DATA_DIR).jwtSecret() },
    audience: env.AUTH_JWT_AUDIENCE ?? undefined,
    issuer: env.AUTH_JWT_ISSUER ?? undefined,
  };
}

export const metricsPort = (env: Env): number => env.METRICS_PORT ?? env.PORT;

export const listenUrl = ({ HOST, PORT }: Env): string =>
  `http://${HOST.includes(':') ? `[${HOST}]` : HOST}:${PORT}`;
