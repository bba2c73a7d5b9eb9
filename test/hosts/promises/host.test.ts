import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { GitLabSync, orgId, type Actor } from '@dot/gitlab-sync';
import { Redis } from 'ioredis';
import { createHost, PATHS, queuePrefix } from '../src/host.js';
import { sent } from '../src/notes.js';
import { Caller, hostSettings, query, Teammate, until } from './support.js';

const ADA: Actor = { subject: 'ada', name: 'Ada', role: 'admin', address: '-' };

describe('a host that imports the package', () => {
  const gitlab = new Teammate();
  let settings: Awaited<ReturnType<typeof hostSettings>>;
  let app: INestApplication | undefined;
  let admin: Caller;
  let stranger: Caller;
  let nobody: Caller;
  let project: number;
  let keysBefore: ReadonlySet<string>;

  before(async () => {
    settings = await hostSettings();
    keysBefore = new Set(await keysInRedis());
    app = await createHost(settings);
    admin = new Caller(settings.publicUrl, 'Host acme:admin:ada');
    stranger = new Caller(settings.publicUrl, 'Host globex:admin:eve');
    nobody = new Caller(settings.publicUrl, null);
    project = await gitlab.createProject();
  });
  after(async () => {
    await app?.close();
    await settings.drop();
  });

  async function keysInRedis(): Promise<string[]> {
    const redis = new Redis(settings.redisUrl);
    const keys = await redis.keys('*');
    redis.disconnect();
    return keys;
  }

  /** Names the deployment by its database, so that others on the same Redis stay apart. */
  async function defaultPrefix(): Promise<string> {
    const [{ id } = {}] = await query(
      settings.ownerUrl,
      'SELECT md5(id || current_database()) AS id FROM gitlab_sync.deployment',
    );
    return `gitlab_sync:${String(id)}`;
  }

  const ours = (path: string) => `${PATHS.api}/orgs/acme/${path}`;

  /** Every route of ours, with the org of the path filled in, from the document that Swagger makes for the host. */
  const routes = () => {
    const { paths } = SwaggerModule.createDocument(app!, new DocumentBuilder().build());
    return Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods)
        .filter(() => path.includes('/orgs/{org}'))
        .map((method) => ({
          method: method.toUpperCase(),
          path: path
            .replace('{org}', 'acme')
            .replace(/\{projectId\}/, '1')
            .replace(/\{\w+\}/g, 'a'),
        })),
    );
  };

  it('syncs with GitLab over HTTP, in both directions', async () => {
    const connected = await admin.call('PUT', ours('gitlab/connection'), {
      body: { token: gitlab.token, instanceUrl: gitlab.url },
    });
    assert.equal(connected.status, 200, connected.text);
    const configured = await admin.call('PUT', ours('gitlab/project'), { body: { projectId: project } });
    assert.equal(configured.status, 200, configured.text);
    const written = await admin.call('PUT', ours('context/files/notes/a.md'), {
      body: '# From the host\n',
      type: 'text/markdown',
    });
    assert.equal(written.status, 201, written.text);
    await admin.call('POST', ours('gitlab/push'));
    assert.equal(await until(() => gitlab.read(project, 'notes/a.md')), '# From the host\n');

    await gitlab.commit(project, 'notes/b.md', '# From GitLab\n');
    await admin.call('POST', ours('gitlab/pull'));
    const pulled = await until(async () => {
      const answer = await admin.call('GET', ours('context/files/notes/b.md'));
      return answer.status === 200 && answer;
    });
    assert.equal(pulled.text, '# From GitLab\n');
  });

  it('receives a push by webhook, although its own guard refuses strangers', async () => {
    const { status, text } = await admin.call('POST', ours('gitlab/webhook/register'));
    assert.equal(status, 200, text);
    await gitlab.commit(project, 'notes/c.md', '# By webhook\n');
    const heard = await until(async () => {
      const answer = await admin.call('GET', ours('context/files/notes/c.md'));
      return answer.status === 200 && answer;
    });
    assert.equal(heard.text, '# By webhook\n');
  });

  it('calls the facade, which returns the views of the contract and records who acted', async () => {
    const sync = app!.get(GitLabSync);
    const org = orgId('acme');
    const status = await sync.status(org);
    const { body } = await admin.call('GET', ours('gitlab'));
    assert.deepEqual(JSON.parse(JSON.stringify(status.project)), body['project']);
    await sync.checkConnection(org, ADA);
    const { items } = await sync.audit(org);
    assert.equal(items[0]?.action, 'connection.check');
  });

  it('refuses an admin of another org on every route', async () => {
    const all = routes();
    assert.ok(all.length > 35, `${all.length} routes`);
    for (const { method, path } of all) {
      const { status, type, body } = await stranger.call(method, path);
      assert.deepEqual([path, status, body['code']], [path, 403, 'forbidden_org']);
      assert.match(type, /^application\/problem\+json/);
    }
  });

  it('refuses a caller without credentials on every route', async () => {
    for (const { method, path } of routes()) {
      const { status } = await nobody.call(method, path);
      assert.ok([401, 403].includes(status), `${method} ${path}: ${status}`);
    }
  });

  it('refuses a text that a parser of the host has read as JSON, and stores nothing', async () => {
    const refused = await admin.call('PUT', ours('context/files/notes/empty.md'), { body: { text: '# A' } });
    assert.deepEqual([refused.status, refused.body['code']], [415, 'unsupported_media_type']);
    assert.equal((await admin.call('GET', ours('context/files/notes/empty.md'))).status, 404);
  });

  it('describes errors of our routes by the contract, also a body that is not valid', async () => {
    const refused = await admin.call('PUT', ours('gitlab/project'), { body: { projectId: 'none', more: 1 } });
    assert.deepEqual([refused.status, refused.body['code']], [400, 'validation_failed']);
    assert.match(refused.type, /^application\/problem\+json/);
  });

  it("leaves the host's routes to the host's guard, pipe and filter", async () => {
    const refused = { host: 'says no' };
    assert.deepEqual((await nobody.call('GET', PATHS.own)).body, { ...refused, status: 403 });
    const bad = await admin.call('POST', PATHS.own, { body: { text: 'a', more: 1 } });
    assert.deepEqual(bad.body, { ...refused, status: 400 });
    const added = await admin.call('POST', PATHS.own, { body: { text: 'a' } });
    assert.equal(added.status, 201, added.text);
    assert.match(added.type, /^application\/json/);
  });

  it("does not touch the host's tables, and keeps its own in its own schema", async () => {
    const tables = await query(
      settings.ownerUrl,
      `SELECT table_schema AS schema, count(*)::int AS count FROM information_schema.tables
        WHERE table_schema NOT IN ('pg_catalog', 'information_schema') GROUP BY 1 ORDER BY 1`,
    );
    assert.deepEqual(
      tables.map(({ schema }) => schema),
      ['gitlab_sync', 'public'],
    );
    assert.deepEqual(tables[1], { schema: 'public', count: 1 });
    const [{ count } = {}] = await query(settings.ownerUrl, 'SELECT count(*)::int AS count FROM notes');
    assert.equal(count, 1);
  });

  it("does not touch the host's queue, and prefixes its own keys", async () => {
    await until(async () => sent.includes('a'));
    const prefix = queuePrefix(settings) ?? (await defaultPrefix());
    const keys = (await keysInRedis()).filter((key) => !keysBefore.has(key));
    const ours = keys.filter((key) => key.startsWith(`${prefix}:`));
    assert.notEqual(ours.length, 0);
    const others = keys.filter((key) => !ours.includes(key) && !key.startsWith('gitlab-calls:'));
    assert.deepEqual([...new Set(others.map((key) => key.split(':', 2).join(':')))], ['bull:mail']);
  });
});
