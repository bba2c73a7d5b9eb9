import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { readEnv, VARIABLES } from '../../apps/server/src/env';

interface Service {
  readonly environment: Record<string, string>;
  readonly healthcheck?: object;
  readonly depends_on?: Record<string, { condition: string }>;
  readonly deploy?: { replicas: number };
}

interface Compose {
  readonly services: Record<'web' | 'worker' | 'postgres' | 'redis', Service>;
  readonly volumes: object;
}

const SOURCE = readFileSync('docker-compose.yml', 'utf8');
const EXAMPLE = readFileSync('.env.example', 'utf8');

/** What the container decides by itself, and what makes no sense in it. */
const FIXED_INSIDE = ['PORT', 'HOST', 'DATA_DIR'];

const required = {
  POSTGRES_PASSWORD: 'c0ffee',
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

describe('docker-compose.yml', () => {
  it.each(['web', 'worker'] as const)('gives %s an environment it starts with', (role) => {
    const env = readEnv(composed(complete).services[role].environment);
    expect(env).toMatchObject({ ROLE: role, PUBLIC_URL: 'http://localhost:3000', SYNC_CONCURRENCY: 16 });
    expect(new URL(env.DATABASE_URL ?? '').password).toBe('c0ffee');
  });

  it('says what is missing before it starts anything', () => {
    for (const name of Object.keys(required)) {
      expect(() => composed({ ...complete, [name]: '' })).toThrow(`${name}: set it in .env`);
    }
  });

  it('hands on every variable, and knows no other', () => {
    const { web } = composed(complete).services;
    const expected = Object.keys(VARIABLES).filter((name) => !FIXED_INSIDE.includes(name));
    expect(Object.keys(web.environment).sort()).toEqual(expected.sort());
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
      });
    }
    expect([services.postgres, services.redis].every(({ healthcheck }) => healthcheck)).toBe(true);
  });
});
