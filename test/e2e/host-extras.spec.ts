import type { INestApplication } from '@nestjs/common';
import { Client as Postgres } from 'pg';
import request from 'supertest';
import { InMemoryContextStore } from '@app/context-store/testing';
import { InMemoryTables } from '@app/database/testing';
import { FakeGitLabInstance, startFakeGitLabServer, type FakeGitLabServer } from '@app/fake-gitlab';
import { ContextStore, Notifier, orgId, type GitLabSyncExtras, type Notice } from '@app/gitlab-sync';
import { SystemClock } from '@app/kernel';
import { freshDatabase, type FreshDatabase } from '../support/database';
import { freePort } from '../support/service';
import { startTestHost } from '../support/test-host';

const PROJECT = 'ada/context';
const ACME = orgId('acme');
const PATIENCE_MS = 60_000;

class KeptNotices extends Notifier {
  readonly all: Notice[] = [];

  notify(notice: Notice): void {
    this.all.push(notice);
  }
}

describe('a host that brings parts of its own', () => {
  let gitlab: FakeGitLabInstance;
  let gitlabServer: FakeGitLabServer;
  let database: FreshDatabase;
  let app: INestApplication | undefined;
  let token: ReturnType<FakeGitLabInstance['givenToken']>;
  let url: string;

  beforeEach(async () => {
    gitlab = new FakeGitLabInstance({ clock: new SystemClock() });
    gitlabServer = await startFakeGitLabServer(gitlab);
    database = await freshDatabase();
  });
  afterEach(async () => {
    await app?.close();
    app = undefined;
    await gitlabServer.close();
    await database.drop();
  });

  /** Listens, connected with Ada's project, and syncs by itself. */
  async function start(extras: GitLabSyncExtras): Promise<void> {
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    const host = await startTestHost(database.url, {
      database: { url: database.url, migrationsUrl: database.ownerUrl, poolSize: 5 },
      publicUrl: url,
      role: 'all',
      gitlab: { allowPrivate: ['127.0.0.1'] },
      sync: { pollSeconds: 0, sweepMs: 500 },
      ...extras,
    });
    app = host;
    await host.listen(port, '127.0.0.1');
    const { id } = gitlab.givenProject(PROJECT, { files: { 'notes/git.md': 'from GitLab\n' } });
    token = gitlab.givenToken('ada');
    await call('put', 'gitlab/connection').send({ token: token.value, instanceUrl: gitlab.url }).expect(200);
    await call('put', 'gitlab/project').send({ projectId: id }).expect(200);
    await call('patch', 'gitlab/project').send({ autoSync: true }).expect(200);
    await until(async () => (await sync()).lastRun?.status === 'succeeded');
  }

  const call = (method: 'get' | 'put' | 'patch' | 'post', path: string) =>
    request(url)[method](`/orgs/${ACME}/${path}`).set('x-caller', `admin ${ACME}`);
  const sync = async () => (await call('get', 'gitlab').expect(200)).body.sync;
  const write = (path: string, text: string) =>
    call('put', `context/files/${path}`).type('text/markdown').send(text);
  const onGitLab = (path: string) => gitlab.git.read(PROJECT, 'main', path)?.toString();

  async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
    for (const end = Date.now() + PATIENCE_MS; Date.now() < end;) {
      if (await holds()) return;
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
    throw new Error('what was waited for did not happen');
  }

  it('keeps context files in its own store, and has no table of ours for them', async () => {
    const store = new InMemoryContextStore(new InMemoryTables());
    const postgres = new Postgres(database.ownerUrl);
    await postgres.connect();
    await postgres.query('DROP SCHEMA gitlab_sync CASCADE');
    await start({ contextStore: { provide: ContextStore, useValue: store } });
    const inStore = async (path: string) => {
      const { files } = await store.snapshot(ACME);
      const blob = files.get(path)?.blob;
      return blob && (await store.contents(ACME, [blob])).get(blob)?.toString();
    };

    expect(await inStore('notes/git.md')).toBe('from GitLab\n');
    await write('notes/dot.md', 'from Dot\n').expect(201);
    expect(await inStore('notes/dot.md')).toBe('from Dot\n');
    await until(() => onGitLab('notes/dot.md') === 'from Dot\n');
    gitlab.git.push(PROJECT, 'main', { files: { 'notes/git.md': 'from a teammate\n' } });
    await call('post', 'gitlab/pull').expect(202);
    await until(async () => (await inStore('notes/git.md')) === 'from a teammate\n');
    expect((await call('get', 'context/files/notes/git.md').expect(200)).text).toBe('from a teammate\n');

    const { rows } = await postgres.query<{ name: string }>(
      `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'gitlab_sync'`,
    );
    await postgres.end();
    const tables = rows.map(({ name }) => name);
    expect(tables).toContain('sync_runs');
    expect(tables.filter((name) => name.startsWith('context_'))).toEqual([]);
  });

  it('is notified once when a person is needed, and once when it works again', async () => {
    const notifier = new KeptNotices();
    await start({ notifier: { provide: Notifier, useValue: notifier } });
    expect(notifier.all).toEqual([]);

    token.revoked = true;
    await write('notes/a.md', 'one\n').expect(201);
    await until(() => notifier.all.length > 0);
    await write('notes/a.md', 'two\n').expect(200);
    await call('post', 'gitlab/push');
    await until(async () => (await sync()).lastRun.status === 'failed');
    const about = { org: ACME, code: 'token_rejected', runId: expect.any(String) };
    const failed = { ...about, kind: 'needs_person', detail: expect.stringContaining('Create a new token') };
    expect(notifier.all).toEqual([failed]);

    const { value } = gitlab.givenToken('ada');
    await call('put', 'gitlab/connection').send({ token: value, instanceUrl: gitlab.url }).expect(200);
    await until(() => onGitLab('notes/a.md') === 'two\n');
    await until(() => notifier.all.length > 1);
    const times = { stoppedAt: expect.any(String), resumedAt: expect.any(String) };
    expect(notifier.all).toEqual([failed, { ...about, kind: 'works_again', ...times }]);
  });
});
