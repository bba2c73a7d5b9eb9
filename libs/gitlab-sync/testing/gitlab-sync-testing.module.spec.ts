import type { INestApplication } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { CallerSource, orgId, type Actor, type Caller } from '@app/kernel';
import request from 'supertest';
import { freshDatabase, type FreshDatabase } from '../../../test/support/database';
import { GitLabSync } from '../src/gitlab-sync';
import { GitLabSyncTestingModule, type GitLabSyncTestingOptions } from './gitlab-sync-testing.module';

const ADA: Actor = { subject: 'ada', name: 'Ada', role: 'admin', address: '-' };
const ACME = orgId('acme');

class Ada extends CallerSource {
  callerOf(): Caller {
    const author = { name: 'Ada', email: 'ada@example.com' };
    return { subject: 'ada', role: 'admin', org: ACME, author, address: '-' };
  }
}

/** Connects an org with a project that has one file. */
async function connected(options?: GitLabSyncTestingOptions) {
  const testing = GitLabSyncTestingModule.forRoot(options);
  const module = await Test.createTestingModule({ imports: [testing] }).compile();
  const app = await module.createNestApplication().init();
  const { gitlab } = testing;
  const project = gitlab.givenProject('ada/context', { files: { 'notes/b.md': 'B\n' } });
  const sync = app.get(GitLabSync);
  await sync.connect(ACME, { token: gitlab.givenToken('ada').value }, ADA);
  await sync.configure(ACME, { projectId: project.id }, ADA);
  const onGitLab = (path: string) => gitlab.git.read(project, 'main', path)?.toString();
  return { ...testing, app, sync, project, onGitLab };
}

describe('GitLabSyncTestingModule', () => {
  let app: INestApplication | undefined;
  let database: FreshDatabase | undefined;
  afterEach(async () => {
    await app?.close();
    await database?.drop();
    app = database = undefined;
  });

  it.each(['memory', 'PostgreSQL'])('syncs in both directions, in %s', async (where) => {
    if (where !== 'memory') database = await freshDatabase();
    const world = await connected(database && { database: database.url });
    ({ app } = world);
    const { sync, settle, gitlab, project, onGitLab } = world;
    await settle();
    expect((await sync.context.read(ACME, 'notes/b.md')).content?.toString()).toBe('B\n');

    await sync.context.write(ACME, 'notes/a.md', Buffer.from('A\n'), ADA);
    await sync.push(ACME, ADA);
    await settle();
    expect(onGitLab('notes/a.md')).toBe('A\n');

    await sync.webhook.register(ACME, ADA);
    const author = { name: 'Grace', email: 'grace@example.com' };
    gitlab.git.push(project, 'main', { files: { 'notes/c.md': 'C\n' }, author });
    await settle();
    expect((await sync.context.read(ACME, 'notes/c.md')).content?.toString()).toBe('C\n');
  });

  it('records acts, and serves the routes to the caller that the host names', async () => {
    const world = await connected({ callerSource: Ada });
    ({ app } = world);
    const site = app.getHttpServer();
    const { body } = await request(site).get('/orgs/acme/audit').expect(200);
    expect(body.items[0]).toMatchObject({ action: 'project.configure' });
    await request(site).get('/orgs/globex/audit').expect(403);
  });
});
