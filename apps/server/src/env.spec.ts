import { readFileSync } from 'node:fs';
import { EnvInvalid, readEnv, VARIABLES } from './env';

const KEY = Buffer.alloc(32, 7).toString('base64');
const SECRET = 'a-secret-that-is-long-enough-to-sign';
const distributed = {
  DATABASE_URL: 'postgres://dot@db/dot',
  REDIS_URL: 'redis://cache',
  AUTH_JWT_SECRET: SECRET,
  SECRETS_KEYS: `one:${KEY}`,
};

const publicKeys = {
  AUTH_JWKS_URL: 'https://id/keys',
  AUTH_JWT_AUDIENCE: 'dot',
  AUTH_JWT_ISSUER: 'https://id',
};

function problemsOf(source: NodeJS.ProcessEnv): readonly string[] {
  try {
    readEnv(source);
    return [];
  } catch (error) {
    if (error instanceof EnvInvalid) return error.problems;
    throw error;
  }
}

describe('the environment', () => {
  it('needs nothing to be set', () => {
    expect(readEnv({})).toMatchObject({ PORT: 3000, HOST: '127.0.0.1', ROLE: 'all', DATABASE_URL: null });
  });

  it('counts blank as unset', () => {
    expect(readEnv({ PORT: ' ', DATABASE_URL: '' })).toMatchObject({ PORT: 3000, DATABASE_URL: null });
  });

  it.each([
    ['PORT', '0'],
    ['PORT', '3000x'],
    ['PORT', '65536'],
    ['PUBLIC_URL', 'dot.example.com'],
    ['STATUS_URL_TEMPLATE', 'dot.example.com/{run}'],
    ['STATUS_URL_TEMPLATE', 'https://dot.example.com/{user}'],
    ['STATUS_URL_TEMPLATE', `https://dot.example.com/${'x'.repeat(200)}`],
    ['DATABASE_URL', 'mysql://dot@db/dot'],
    ['MIGRATIONS_DATABASE_URL', 'https://db/dot'],
    ['MIGRATIONS', 'on'],
    ['ALLOW_UNLOCKED_TENANTS', 'yes'],
    ['REDIS_URL', 'http://cache'],
    ['ROLE', 'Worker'],
    ['AUTH_JWT_SECRET', 'short'],
    ['AUTH_JWKS_URL', 'file:///keys'],
    ['SECRETS_KEYS', KEY],
    ['SECRETS_KEYS', 'one:c2hvcnQ='],
    ['SECRETS_KEYS', `one:${KEY},one:${KEY}`],
    ['SECRETS_KEYS', `one:${KEY},`],
    ['GITLAB_ALLOW_PRIVATE', '10.0.0.0/40'],
    ['GITLAB_ALLOW_PRIVATE', 'https://gitlab.internal'],
    ['GITLAB_BASE_PATHS', 'gitlab.example.com'],
    ['GITLAB_BASE_PATHS', 'gitlab.internal/git,'],
    ['GITLAB_BASE_PATHS', 'ftp://example.com/gitlab'],
    ['NOTIFY_ALLOW_PRIVATE', '10.0.0.0/40'],
    ['SMTP_URL', 'smtp://mail.example.com'],
    ['SMTP_URL', 'https://mail.example.com?from=dot@example.com'],
    ['GITLAB_CA_FILE', '/nowhere/ca.pem'],
    ['HTTPS_PROXY', 'proxy:3128'],
    ['GITLAB_TIMEOUT_MS', '5'],
    ['GITLAB_CALLS_PER_MINUTE', '0'],
    ['SYNC_CONCURRENCY', '0'],
    ['POLL_SECONDS', '-1'],
    ['MAX_FILE_BYTES', '1e6'],
    ['RATE_LIMIT_PER_MINUTE', 'off'],
    ['METRICS_PORT', 'PORT'],
    ['LOG_LEVEL', 'verbose'],
    ['DOCS', 'true'],
    ['PANEL_ORIGINS', '*'],
    ['PANEL_ORIGINS', 'https://app.example.com/'],
    ['PANEL_ORIGINS', 'app.example.com'],
    ['TRUST_PROXY', 'true'],
    ['TRUST_PROXY', '-1'],
    ['TRUST_PROXY', '11'],
    ['TRUST_PROXY', '1.5'],
    ['TRUST_PROXY', 'proxy.internal'],
    ['TRUST_PROXY', '10.0.0.0/33'],
    ['TRUST_PROXY', '0.0.0.0/0'],
    ['TRUST_PROXY', '10.0.0.1,'],
    ['TRUST_PROXY', '::/0'],
  ])('refuses a wrong %s by name, without its value %s', (name, value) => {
    const problems = problemsOf({ [name]: value }).filter((problem) =>
      problem.startsWith(`${name} must be `),
    );
    expect(problems).toHaveLength(1);
    expect(problems[0]).not.toContain(` ${value} `);
  });

  it.each([
    ['GITLAB_ALLOW_PRIVATE', 'gitlab.internal, 10.0.0.0/8,fd00::/8,127.0.0.1,::1'],
    ['GITLAB_BASE_PATHS', 'example.com/gitlab, https://tools.example.com:8443/git/lab/'],
    ['NOTIFY_ALLOW_PRIVATE', 'hooks.internal,10.0.0.0/8'],
    ['SMTP_URL', 'smtps://user:password@mail.example.com?from=dot@example.com'],
    ['SECRETS_KEYS', `new:${KEY},old:${KEY}`],
    ['POLL_SECONDS', '0'],
    ['RATE_LIMIT_PER_MINUTE', '0'],
    ['TRUST_PROXY', '0'],
    ['TRUST_PROXY', '2'],
    ['TRUST_PROXY', '10.0.0.0/8, fd00::/8,192.0.2.1,::1'],
    ['DOCS', 'off'],
    ['PANEL_ORIGINS', 'https://app.example.com,http://localhost:5173'],
    ['ALLOW_UNLOCKED_TENANTS', '1'],
    ['MIGRATIONS', 'off'],
  ])('takes %s=%s', (name, value) => {
    expect(problemsOf({ [name]: value })).toEqual([]);
  });

  it.each<[string, NodeJS.ProcessEnv, string[]]>([
    ['a whole set', distributed, []],
    ['a worker with both', { ...distributed, ROLE: 'worker' }, []],
    ['a database without Redis', { ...distributed, REDIS_URL: '' }, []],
    ['public keys instead of a secret', { ...distributed, AUTH_JWT_SECRET: '', ...publicKeys }, []],
    [
      'public keys without an audience',
      { ...distributed, AUTH_JWT_SECRET: '', ...publicKeys, AUTH_JWT_AUDIENCE: ' ' },
      ['AUTH_JWT_AUDIENCE must be set with AUTH_JWKS_URL'],
    ],
    [
      'public keys without an issuer',
      { ...distributed, AUTH_JWT_SECRET: '', ...publicKeys, AUTH_JWT_ISSUER: undefined },
      ['AUTH_JWT_ISSUER must be set with AUTH_JWKS_URL'],
    ],
    ['public keys for the embedded database', publicKeys, []],
    ['Redis without a database', { REDIS_URL: 'redis://cache' }, ['DATABASE_URL']],
    [
      'a worker without Redis',
      { ...distributed, REDIS_URL: '', ROLE: 'worker' },
      ['DATABASE_URL and REDIS_URL'],
    ],
    [
      'an owner without a database',
      { MIGRATIONS_DATABASE_URL: 'postgres://dot@db/dot' },
      ['DATABASE_URL must be set with MIGRATIONS_DATABASE_URL'],
    ],
    ['web alone', { ROLE: 'web' }, ['DATABASE_URL and REDIS_URL']],
    ['a database without a way to sign in', { ...distributed, AUTH_JWT_SECRET: '' }, ['AUTH_JWT_SECRET or']],
    ['two ways to sign in', { ...distributed, ...publicKeys }, ['AUTH_JWT_SECRET and']],
    ['a database without keys', { ...distributed, SECRETS_KEYS: '' }, ['SECRETS_KEYS']],
  ])('checks variables against each other: %s', (_, source, expected) => {
    const problems = problemsOf(source);
    expect(problems).toHaveLength(expected.length);
    expected.forEach((start, i) => expect(problems[i]).toMatch(new RegExp(`^${start}`)));
  });

  it('names all faults together', () => {
    expect(problemsOf({ PORT: 'x', ROLE: 'y', REDIS_URL: 'redis://cache' })).toHaveLength(3);
  });
});

describe('.env.example', () => {
  const ONLY_COMPOSE = ['POSTGRES_PASSWORD', 'POSTGRES_SERVICE_PASSWORD'];
  const lines = readFileSync('.env.example', 'utf8').split('\n');
  const entries = lines.flatMap((line, i) => {
    const [, name, value] = /^#? ?([A-Z_]+)=(.*)$/.exec(line) ?? [];
    return name ? [{ name, value, above: lines[i - 1] }] : [];
  });

  it('names every variable once, and none that only compose knows but its passwords', () => {
    const names = entries.map(({ name }) => name);
    expect(names.sort()).toEqual([...Object.keys(VARIABLES), ...ONLY_COMPOSE].sort());
  });

  it.each(Object.entries(VARIABLES))('gives the default of %s', (name, { fallback }) => {
    expect(entries.find((entry) => entry.name === name)?.value).toBe(fallback ?? '');
  });

  it.each(entries)('explains $name', ({ above }) => {
    expect(above).toMatch(/^# \S+ \S+/);
  });
});
