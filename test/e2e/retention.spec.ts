import { Test, type TestingModule } from '@nestjs/testing';
import { Client as Postgres } from 'pg';
import { GitLabSyncModule } from '@app/gitlab-sync';
import { PruneByRounds } from '@app/retention/testing';
import { TestService, type Client } from '../support/service';
import { serviceSettings } from '../support/service-settings';

const PROJECT = 'ada/context';
const PATH = 'notes/a.md';
const EDITS = 14;
const VERSIONS_KEPT = 10;

describe('An org that has been in sync for years', () => {
  let service: TestService;
  let admin: Client;
  let postgres: Postgres;
  let worker: TestingModule;

  beforeAll(async () => {
    service = await TestService.start('embedded');
    admin = await service.as();
    postgres = new Postgres(service.ownerUrl);
    await postgres.connect();
    const { databaseUrl, url: publicUrl } = service;
    const { gitLabSync } = serviceSettings({ role: 'web', databaseUrl, publicUrl, secret: 'none' });
    worker = await Test.createTestingModule({ imports: [GitLabSyncModule.forRoot(gitLabSync)] }).compile();
  });
  afterAll(async () => {
    await worker.close();
    await postgres.end();
    await service.stop();
  });

  const onGitLab = (path: string) => service.gitlab.git.read(PROJECT, 'main', path)?.toString();
  const history = async () => (await admin.get(`context/history?path=${PATH}&limit=200`)).body.items;
  /** Waits for the push: its run may not exist yet when an edit is answered. */
  const pushed = async () => {
    await admin.until(async () => (await admin.get('gitlab')).body.sync.pendingPush === 0);
    await admin.settled();
  };
  const lastRun = async () => (await admin.get('gitlab')).body.sync.lastRun;
  const yearsPass = async () => {
    for (const [table, column] of [
      ['context_changes', 'at'],
      ['context_versions', 'at'],
      ['sync_runs', 'finished_at'],
      ['audit_entries', 'at'],
      ['pruning_rounds', 'due'],
    ])
      await postgres.query(`UPDATE ${table} SET ${column} = ${column} - interval '2 years'`);
  };
  const prune = () => worker.get(PruneByRounds, { strict: false }).execute(new AbortController().signal);
  let pulled: { id: string };

  it('has edits of both sides behind it', async () => {
    const { id } = service.gitlab.givenProject(PROJECT, { files: { 'notes/git.md': 'from GitLab\n' } });
    await admin.put(`context/files/${PATH}`, 'before it was connected\n').expect(201);
    const token = service.gitlab.givenToken('ada').value;
    await admin.put('gitlab/connection', { token, instanceUrl: service.gitlab.url }).expect(200);
    await admin.put('gitlab/project', { projectId: id }).expect(200);
    await admin.patch('gitlab/project', { autoSync: true }).expect(200);
    await admin.settled();
    service.gitlab.git.push(PROJECT, 'main', { files: { [PATH]: 'edited on GitLab\n' } });
    await admin.post('gitlab/pull').expect(202);
    await admin.settled();
    pulled = await lastRun();
    for (let i = 0; i < EDITS; i++) await admin.put(`context/files/${PATH}`, `edit ${i}\n`).expect(200);
    await pushed();
    expect(onGitLab(PATH)).toBe(`edit ${EDITS - 1}\n`);
    expect(await history()).toHaveLength(EDITS + 2);
  });

  it('loses nothing that Git does not have', async () => {
    await yearsPass();
    const before = await history();
    await prune();
    const after = await history();
    expect(after.slice(0, VERSIONS_KEPT)).toEqual(before.slice(0, VERSIONS_KEPT));
    const gone = before.filter(
      ({ id }: { id: string }) => !after.some((kept: { id: string }) => kept.id === id),
    );
    expect(gone).toHaveLength(EDITS + 1 - VERSIONS_KEPT);
    for (const { commit } of gone) expect(commit).toMatch(/^[0-9a-f]{40}$/);
    // The first sync sent it in one commit with others: no note says that Git has this version.
    expect((await admin.get(`context/versions/${after.at(-1).id}`).expect(200)).text).toContain('connected');
    expect((await admin.get('audit').expect(200)).body.items).toEqual([]);
    expect(await lastRun()).not.toBeNull();
  });

  it('gets an answer for pruned versions, and can restore the others', async () => {
    const undo = await admin.post('context/restore', { runId: pulled.id }).expect(404);
    expect(undo.body).toMatchObject({ code: 'not_found', detail: expect.stringContaining('no longer kept') });
    const [, previous] = await history();
    await admin.post('context/restore', { path: PATH, version: previous.id }).expect(201);
    await pushed();
    expect(onGitLab(PATH)).toBe(`edit ${EDITS - 2}\n`);
  });

  it('goes on to sync in both directions', async () => {
    await admin.put(`context/files/${PATH}`, 'edited in Dot\n').expect(200);
    await admin.put('context/files/notes/new.md', 'new\n').expect(201);
    await pushed();
    expect(onGitLab(PATH)).toBe('edited in Dot\n');
    expect(onGitLab('notes/new.md')).toBe('new\n');
    service.gitlab.git.push(PROJECT, 'main', { files: { [PATH]: 'edit 0\n', 'notes/new.md': null } });
    await admin.post('gitlab/pull').expect(202);
    await admin.settled();
    expect((await admin.get(`context/files/${PATH}`).expect(200)).text).toBe('edit 0\n');
    await admin.get('context/files/notes/new.md').expect(404);
    await admin.post('context/restore', { runId: (await lastRun()).id }).expect(201);
    await pushed();
    expect(onGitLab(PATH)).toBe('edited in Dot\n');
    await yearsPass();
    await prune();
    const { rows } = await postgres.query(
      'SELECT FROM sync_agreed WHERE dot_blob IS NULL AND gitlab_blob IS NULL',
    );
    expect(rows).toEqual([]);
    expect((await admin.post('gitlab/plan').expect(200)).body).toMatchObject({ push: [], pull: [] });
  });
});
