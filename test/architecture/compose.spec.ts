import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { readEnv, VARIABLES } from '../../apps/server/src/env';

interface Service {
  readonly environment: Record<string, string>;
  readonly healthcheck?: object;
  readonly depends_on?: Record<string, { condition: string }>;
  readonly deploy?: { replicas: number };
  readonly read_only?: boolean;
  readonly stop_grace_period?: string;
}

interface Compose {
  readonly services: Record<'migrate' | 'web' | 'worker' | 'postgres' | 'redis', Service>;
  readonly volumes: object;
}

const SOURCE = readFileSync('docker-compose.yml', 'utf8');
const DCLINT = join(__dirname, '../../node_modules/dclint/bin/dclint.cjs');
const EXAMPLE = readFileSync('.env.example', 'utf8');

/** Settings that the container decides by itself, or that make no sense in it. */
const FIXED_INSIDE = ['PORT', 'HOST', 'DATA_DIR'];
/** Setting for the owner of the database only. */
const OF_MIGRATE = 'MIGRATIONS_DATABASE_URL';

const required = {
  POSTGRES_PASSWORD: 'c0ffee',
  POSTGRES_SERVICE_PASSWORD: '5e71ce',
  SECRETS_KEYS: `one:${Buffer.alloc(32).toString('base64')}`,
};
const complete = { ...required, AUTH_JWT_SECRET: 'x'.repeat(32) };

/** Compose's own rules: ${A}, ${A:-default}, ${A:?message} and ${A:+replacement}, the innermost first. */
function interpolate(text: string, values: Record<string, string>): string {
  const result = text.replace(
    /\$\{([A-Z_]+)(?::([-?+])([^${}]*))?\}/g,
    (_, name: string, sign?: string, more = '') => {
      const value = values[name] ?? '';
      if (sign === '?' && !value) throw new Error(`${name}: ${more}`);
      if (sign === '+') return value && more;
      return value || (sign === '-' ? more : '');
    },
  );
  return result === text ? text : interpolate(result, values);
}

const composed = (values: Record<string, string>) =>
  parse(interpolate(SOURCE, values), { merge: true }) as Compose;

/** dclint checks a file against the schema of the Compose specification. @returns its errors, without style */
function schemaErrors(file: string): string {
  const { status, stdout } = spawnSync(process.execPath, [DCLINT, '--quiet', file], { encoding: 'utf8' });
  return status === 0 ? '' : stdout;
}

describe('docker-compose.yml', () => {
  it('is valid by the schema of the Compose specification', async () => {
    expect(schemaErrors('docker-compose.yml')).toBe('');
    const directory = await mkdtemp(join(tmpdir(), 'compose-'));
    const misspelt = join(directory, 'docker-compose.yml');
    writeFileSync(misspelt, SOURCE.replace('stop_grace_period', 'stop_grace'));
    expect(schemaErrors(misspelt)).toContain('must NOT have additional properties');
    await rm(directory, { recursive: true });
  });

  it('lets the service write no file, and gives it time to stop', () => {
    const { migrate, web, worker } = composed(complete).services;
    for (const service of [migrate, web, worker])
      expect(service).toMatchObject({ read_only: true, stop_grace_period: '40s' });
  });

  it.each(['web', 'worker'] as const)('gives %s an environment it starts with', (role) => {
    const env = readEnv(composed(complete).services[role].environment);
    expect(env).toMatchObject({ ROLE: role, PUBLIC_URL: 'http://localhost:3000', SYNC_CONCURRENCY: 16 });
    expect(new URL(env.DATABASE_URL ?? '').password).toBe('5e71ce');
  });

  it('lets only the process that migrates log in as the owner', () => {
    const { migrate, web, worker } = composed(complete).services;
    const env = readEnv(migrate.environment);
    expect(env.MIGRATIONS_DATABASE_URL).toBe('postgres://dot:c0ffee@postgres:5432/dot');
    expect(env.DATABASE_URL).toBe(web.environment.DATABASE_URL);
    for (const { environment } of [web, worker]) {
      expect(environment.MIGRATIONS).toBe('check');
      expect(JSON.stringify(environment)).not.toContain('c0ffee');
    }
  });

  it('names the missing variables before it starts anything', () => {
    for (const name of Object.keys(required)) {
      expect(() => composed({ ...complete, [name]: '' })).toThrow(`${name}: set it in .env`);
    }
  });

  it('hands on every variable, and knows no other', () => {
    const { migrate, web } = composed(complete).services;
    const expected = Object.keys(VARIABLES).filter((name) => ![...FIXED_INSIDE, OF_MIGRATE].includes(name));
    expect(Object.keys(web.environment).sort()).toEqual(expected.sort());
    const withoutRole = expected.filter((name) => name !== 'ROLE');
    expect(Object.keys(migrate.environment).sort()).toEqual([...withoutRole, OF_MIGRATE].sort());
  });

  it('asks .env only for what .env.example explains', () => {
    const asked = [...SOURCE.matchAll(/\$\{([A-Z_]+)/g)].map(([, name]) => name);
    for (const name of asked) expect(EXAMPLE).toMatch(new RegExp(`^# ${name}=`, 'm'));
  });

  it('holds no secret of its own', () => {
    expect(SOURCE).not.toMatch(/^\s+\w*(PASSWORD|SECRET|KEYS): *[^$\s]/m);
  });

  it('runs two workers, and starts them when database and Redis are well', () => {
    const { services, volumes } = composed(complete);
    expect(services.worker.deploy?.replicas).toBe(2);
    expect(Object.keys(volumes)).toEqual(['postgres']);
    for (const { depends_on } of [services.web, services.worker]) {
      expect(depends_on).toEqual({
        postgres: { condition: 'service_healthy' },
        redis: { condition: 'service_healthy' },
        migrate: { condition: 'service_completed_successfully' },
      });
    }
    expect(services.migrate.depends_on).toEqual({ postgres: { condition: 'service_healthy' } });
    expect([services.postgres, services.redis].every(({ healthcheck }) => healthcheck)).toBe(true);
  });
});
