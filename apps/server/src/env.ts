import { existsSync } from 'node:fs';
import {
  certificateFile,
  flag,
  hostsAndRanges,
  hostsWithPaths,
  mailServer,
  oneOf,
  origins,
  secretsKeys,
  signingSecret,
  text,
  trustedProxies,
  url,
  urlTemplate,
  wholeNumber,
  type EnvParser,
} from './env-parsers';

interface Variable<T, Fallback extends string | null> {
  readonly form: EnvParser<T>;
  /** The text of the default value; null if the variable has none. */
  readonly fallback: Fallback;
}

const optional = <T>(form: EnvParser<T>): Variable<T, null> => ({ form, fallback: null });
const preset = <T>(fallback: string, form: EnvParser<T>): Variable<T, string> => ({ form, fallback });

const port = wholeNumber(1, 65535);

export const VARIABLES = {
  PORT: preset('3000', port),
  HOST: preset('127.0.0.1', text),
  PUBLIC_URL: optional(url('http', 'https')),
  STATUS_URL_TEMPLATE: optional(urlTemplate),
  DATA_DIR: preset('.data', text),
  DATABASE_URL: optional(url('postgres', 'postgresql')),
  MIGRATIONS_DATABASE_URL: optional(url('postgres', 'postgresql')),
  MIGRATIONS: preset('run', oneOf('run', 'check', 'off')),
  ALLOW_UNLOCKED_TENANTS: preset('0', flag),
  REDIS_URL: optional(url('redis', 'rediss')),
  ROLE: preset('all', oneOf('all', 'web', 'worker')),
  AUTH_JWT_SECRET: optional(signingSecret),
  AUTH_JWKS_URL: optional(url('http', 'https')),
  AUTH_JWT_AUDIENCE: optional(text),
  AUTH_JWT_ISSUER: optional(text),
  SECRETS_KEYS: optional(secretsKeys),
  GITLAB_ALLOW_PRIVATE: optional(hostsAndRanges),
  GITLAB_BASE_PATHS: optional(hostsWithPaths),
  GITLAB_CA_FILE: optional(certificateFile),
  HTTPS_PROXY: optional(url('http', 'https')),
  NO_PROXY: optional(text),
  GITLAB_TIMEOUT_MS: preset('30000', wholeNumber(100, 600_000)),
  GITLAB_CALLS_PER_MINUTE: optional(wholeNumber(1, 1_000_000)),
  SYNC_CONCURRENCY: preset('16', wholeNumber(1, 1000)),
  POLL_SECONDS: preset('120', wholeNumber(0, 86_400)),
  MAX_FILE_BYTES: preset('1048576', wholeNumber(1, 100 * 1024 * 1024)),
  QUOTA_BYTES: preset('1073741824', wholeNumber(1, Number.MAX_SAFE_INTEGER)),
  QUOTA_FILES: preset('100000', wholeNumber(1, 2_000_000_000)),
  RATE_LIMIT_PER_MINUTE: preset('1200', wholeNumber(0, 1_000_000)),
  NOTIFY_ALLOW_PRIVATE: optional(hostsAndRanges),
  SMTP_URL: optional(mailServer),
  METRICS_PORT: optional(port),
  SHUTDOWN_DELAY_MS: preset('0', wholeNumber(0, 120_000)),
  TRUST_PROXY: optional(trustedProxies),
  PANEL_ORIGINS: optional(origins),
  DOCS: preset('on', oneOf('on', 'off')),
  LOG_LEVEL: preset('info', oneOf('fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent')),
} as const;

type Name = keyof typeof VARIABLES;
type Value<V> =
  V extends Variable<infer T, infer Fallback> ? T | (Fallback extends string ? never : null) : never;

/** Every variable of the project, checked; nothing else reads `process.env`. */
export type Env = { readonly [N in Name]: Value<(typeof VARIABLES)[N]> };

/** Names each bad variable and its expected form, never its value. */
export class EnvInvalid extends Error {
  constructor(readonly problems: readonly string[]) {
    super(problems.join('\n'));
  }
}

/** Reads the environment of this process; a `.env` file supplies missing variables. @throws EnvInvalid */
export function processEnv(): Env {
  if (existsSync('.env')) process.loadEnvFile('.env');
  return readEnv(process.env);
}

/** @throws EnvInvalid */
export function readEnv(source: NodeJS.ProcessEnv): Env {
  const names = Object.keys(VARIABLES) as Name[];
  const values = names.map((name) => [name, valueOf(name, source)] as const);
  const env = Object.fromEntries(values) as unknown as Env;
  const malformed = values.filter(([, value]) => value === undefined);
  const problems = malformed.map(([name]) => `${name} must be ${VARIABLES[name].form.expected}.`);
  problems.push(...RULES.filter(([broken]) => broken(env)).map(([, sentence]) => sentence));
  if (problems.length) throw new EnvInvalid(problems);
  return env;
}

/** Treats blank as unset, because a compose file passes unset variables on as blank. */
function valueOf(name: Name, source: NodeJS.ProcessEnv): unknown {
  const { form, fallback } = VARIABLES[name];
  const given = source[name]?.trim() || fallback;
  return given === null ? null : form.parse(given);
}

const RULES: readonly (readonly [broken: (env: Env) => boolean, sentence: string])[] = [
  [
    (env) => env.MIGRATIONS_DATABASE_URL !== null && env.DATABASE_URL === null,
    'DATABASE_URL must be set with MIGRATIONS_DATABASE_URL: the embedded database creates its users itself.',
  ],
  [
    (env) => env.REDIS_URL !== null && env.DATABASE_URL === null,
    'DATABASE_URL must be set with REDIS_URL: the embedded database serves only one process.',
  ],
  [
    (env) =>
      (env.ROLE === 'web' || env.ROLE === 'worker') && (env.DATABASE_URL === null || env.REDIS_URL === null),
    'DATABASE_URL and REDIS_URL must be set if ROLE is web or worker.',
  ],
  [
    (env) => env.DATABASE_URL !== null && env.AUTH_JWT_SECRET === null && env.AUTH_JWKS_URL === null,
    'AUTH_JWT_SECRET or AUTH_JWKS_URL must be set with DATABASE_URL.',
  ],
  [
    (env) => env.AUTH_JWT_SECRET !== null && env.AUTH_JWKS_URL !== null,
    'AUTH_JWT_SECRET and AUTH_JWKS_URL exclude each other: set one of them.',
  ],
  ...(['AUTH_JWT_AUDIENCE', 'AUTH_JWT_ISSUER'] as const).map(
    (name) =>
      [
        (env: Env) => env.AUTH_JWKS_URL !== null && env[name] === null,
        `${name} must be set with AUTH_JWKS_URL: an identity provider signs tokens for other programs too.`,
      ] as const,
  ),
  [
    (env) => env.DATABASE_URL !== null && env.SECRETS_KEYS === null,
    'SECRETS_KEYS must be set with DATABASE_URL.',
  ],
];
