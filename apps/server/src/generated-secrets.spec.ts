import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { secretsKeys } from './env-parsers';
import { GeneratedSecrets } from './generated-secrets';

describe('generated secrets', () => {
  let dataDir: string;
  beforeEach(() => (dataDir = join(mkdtempSync(join(tmpdir(), 'generated-')), 'data')));
  afterEach(() => rmSync(join(dataDir, '..'), { recursive: true }));

  it('are made once and stay', () => {
    const first = new GeneratedSecrets(dataDir);
    const second = new GeneratedSecrets(dataDir);
    expect(second.jwtSecret().reveal()).toBe(first.jwtSecret().reveal());
    expect(second.secretsKeys().reveal()).toBe(first.secretsKeys().reveal());
  });

  it('are such as the environment would take', () => {
    const secrets = new GeneratedSecrets(dataDir);
    expect(secrets.jwtSecret().reveal().length).toBeGreaterThanOrEqual(32);
    expect(secretsKeys.parse(secrets.secretsKeys().reveal())).toBeDefined();
  });

  it('lie in files that only their owner reads', () => {
    const secrets = new GeneratedSecrets(dataDir);
    secrets.jwtSecret();
    secrets.secretsKeys();
    expect(readdirSync(dataDir).sort()).toEqual(['jwt-secret', 'secrets-keys']);
    for (const file of readdirSync(dataDir)) expect(statSync(join(dataDir, file)).mode & 0o777).toBe(0o600);
  });
});
