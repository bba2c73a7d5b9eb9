import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EmbeddedPostgres } from '../../apps/server/src/embedded-postgres/embedded-postgres';
import { freePort } from '../support/service';
import { assemble, pairsOf, stagesOf, type AssembledImage } from './dockerfile';

const stages = stagesOf(readFileSync('apps/server/Dockerfile', 'utf8'));
const final = stages.at(-1)!;
const { version, description, license, dependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
const tracked = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { encoding: 'utf8' }).split(
  '\n',
);
const given = (name: string) => final.instructions.filter((one) => one.name === name).map(({ rest }) => rest);

describe('The image', () => {
  it('builds and runs on one exact release of Node', () => {
    expect(new Set(stages.map(({ base }) => base)).size).toBe(1);
    expect(final.base).toMatch(/^node:\d+\.\d+\.\d+-bookworm-slim$/);
  });

  it('has labels that agree with package.json, and no root', () => {
    const labels = pairsOf(given('LABEL').join(' '));
    const prefix = 'org.opencontainers.image';
    expect(labels).toEqual({
      [`${prefix}.title`]: 'Dot GitLab Sync',
      [`${prefix}.description`]: description,
      [`${prefix}.version`]: version,
      [`${prefix}.licenses`]: license,
    });
    expect(given('USER')).toEqual(['1000:1000']);
  });

  it('contains the programs that the pages and manifests start in it', () => {
    const pages = ['docker-compose.yml', ...tracked.filter((file) => /^docs\/.*\.(?:md|ya?ml)$/.test(file))];
    const texts = [...pages.map((page) => readFileSync(page, 'utf8')), given('CMD').join()];
    const programs = texts.flatMap((text) => text.match(/(?<=\bdist\/server\/)[\w-]+(?=\.js)/g) ?? []);
    expect(new Set(programs).size).toBeGreaterThan(2);
    const entries = readFileSync('apps/server/bundle.mjs', 'utf8').matchAll(/^ {2}'?([\w-]+)'?: '(.*)',$/gm);
    const sources = new Map([...entries].map(([, name, source]) => [name, `${source}.ts`]));
    expect(programs.filter((program) => !tracked.includes(sources.get(program)!))).toEqual([]);
  });

  it('needs no package that is installed for development only', () => {
    const product = /^(?:apps\/server|libs\/(?!fake-)[\w-]+)\/src\/.*(?<!\.spec)\.ts$/;
    const imports = tracked
      .filter((file) => product.test(file))
      .flatMap((file) => [
        ...readFileSync(file, 'utf8').matchAll(/^(?:import|export) (?!type ).*?from '([^'.][^']*)'/gms),
      ])
      .map(([, name]) => /^(?:@[^/]+\/)?[^/]+/.exec(name)![0])
      .filter((name) => name !== '@app' && !name.startsWith('@app/') && !isBuiltin(name));
    expect(new Set(imports).size).toBeGreaterThan(20);
    expect([...new Set(imports)].filter((name) => !(name in dependencies))).toEqual([]);
  });
});

/** Installs packages twice, which takes minutes: `TEST_IMAGE=1 npx jest test/image`. */
const describeAssembled = process.env.TEST_IMAGE ? describe : describe.skip;

describeAssembled('The files of the image, on a new PostgreSQL', () => {
  let root: string;
  let image: AssembledImage;
  let postgres: EmbeddedPostgres;
  let env: NodeJS.ProcessEnv;

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'image-'));
    await chmod(root, 0o755);
    image = assemble(stages, root);
    postgres = await EmbeddedPostgres.start({ dataDir: join(root, 'postgres'), ephemeral: true });
    const { PATH, LD_LIBRARY_PATH } = process.env;
    env = {
      ...{ PATH, LD_LIBRARY_PATH, ...image.env, PORT: String(await freePort()) },
      DATABASE_URL: postgres.serviceUrl,
      MIGRATIONS: 'check',
      AUTH_JWT_SECRET: randomBytes(32).toString('hex'),
      SECRETS_KEYS: `new:${randomBytes(32).toString('base64')},old:${randomBytes(32).toString('base64')}`,
    };
  }, 600_000);
  afterAll(async () => {
    await postgres.stop();
    await rm(root, { recursive: true });
  });

  /** Runs as a user that may write nothing, as in a container with a read-only file system. */
  function start([program, ...args]: readonly string[], more: NodeJS.ProcessEnv = {}) {
    const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
    const child = spawn(program, args, { cwd: image.workdir, env: { ...env, ...more }, ...nobody });
    const output: string[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => output.push(String(data)));
    const ended = once(child, 'exit').then(([code]) => `${code} ${output.join('')}`);
    return { child, ended };
  }

  const cli = (name: string, more: NodeJS.ProcessEnv = {}) =>
    start(['node', `dist/server/${name}.js`], more).ended;

  it('migrates, serves, rotates keys and stops', async () => {
    expect(await cli('migrate', { MIGRATIONS: 'run', MIGRATIONS_DATABASE_URL: postgres.url })).toMatch(
      /^0 The schema is up to date\. Row-level security is in force\./,
    );

    const { child, ended } = start(image.command);
    await once(child.stdout, 'data');
    const answer = (path: string) => fetch(`http://127.0.0.1:${env.PORT}${path}`);
    expect(await (await answer('/health/ready')).json()).toMatchObject({ status: 'ready' });
    expect((await answer('/panel')).status).toBe(200);
    expect((await answer('/docs-json')).status).toBe(200);

    expect(await cli('rotate-keys')).toMatch(/^0 Encrypted with the first key/);
    child.kill('SIGTERM');
    expect(await ended).toMatch(/^0 /);
  });
});
