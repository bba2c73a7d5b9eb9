import { Client as Postgres } from 'pg';
import { TestService, type Client } from '../support/service';

const NO_ROOM = `
  CREATE OR REPLACE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN RAISE EXCEPTION 'there is no room for an entry'; END $$;
  CREATE TRIGGER no_room BEFORE INSERT ON audit_entries FOR EACH ROW EXECUTE FUNCTION no_room()`;

/** Columns that acts change. Leases and the times of last checks change by themselves. */
const TABLES = {
  gitlab_connections: 'id, generation, instance_url, sealed_token, username, self_rotation, scopes::text',
  sync_targets: 'id, project_id, branch, auto_sync, auto_pull, directories::text',
  webhook_endpoints: 'id, keys_id, hook::text',
  sync_runs: 'id, kind, status, confirmed, kept',
  sync_conflicts: 'id, closed',
  sync_allowed: 'fingerprint',
  context_heads: 'revision',
};

const SECRET_TEXT = 'key: glpat-AbCdEfGhIjKlMnOpQrSt\n';

type Acts = Readonly<Record<string, () => ReturnType<Client['get']>>>;

describe('an act whose entry cannot be written', () => {
  let service: TestService;
  let admin: Client;
  let database: Postgres;
  let acts: Acts;

  beforeAll(async () => {
    service = await TestService.start('embedded');
    admin = await service.as();
    database = new Postgres(service.ownerUrl);
    await database.connect();
    acts = await givenAllThatActsNeed();
  });
  afterAll(async () => {
    await database.end();
    await service.stop();
  });

  /** A configured org with a conflict, a file that is held back, a version to restore, and a run that asks about deletions. */
  async function givenAllThatActsNeed(): Promise<Acts> {
    const { gitlab } = service;
    const many = Array.from({ length: 20 }, (_, i) => [`notes/${i}.md`, `${i}\n`]);
    const project = gitlab.givenProject('ada/context', { files: Object.fromEntries(many) });
    const other = gitlab.givenProject('ada/other', { files: { 'notes/o.md': 'o\n' } });
    const instanceUrl = gitlab.url;
    const [token, successor] = [gitlab.givenToken('ada').value, gitlab.givenToken('ada').value];
    await admin.put('gitlab/connection', { token, instanceUrl }).expect(200);
    await admin.put('gitlab/project', { projectId: project.id }).expect(200);
    await admin.settled();
    await admin.patch('gitlab/project', { autoPull: false }).expect(200);
    await admin.put('context/files/notes/1.md', 'by Ada\n').expect(200);
    await admin.put('context/files/notes/held.md', SECRET_TEXT).expect(201);
    gitlab.git.push('ada/context', 'main', { files: { 'notes/1.md': 'by Grace\n' } });
    await admin.post('gitlab/pull').expect(202);
    await admin.settled();
    await admin.post('gitlab/push').expect(202);
    await admin.settled();
    const gone = many.slice(4).map(([path]) => [path, null]);
    gitlab.git.push('ada/context', 'main', { files: Object.fromEntries(gone) });
    const { id: run } = (await admin.post('gitlab/pull').expect(202)).body;
    await admin.until(
      async () => (await admin.get(`gitlab/runs/${run}`)).body.status === 'awaiting_confirmation',
    );
    const conflict = (await admin.get('gitlab/conflicts').expect(200)).body.items[0].id;
    const history = (await admin.get('context/history?path=notes/1.md').expect(200)).body.items;
    const version = history.at(-1).id;
    return {
      'run.confirm': () => admin.post(`gitlab/runs/${run}/confirm`),
      'run.keep': () => admin.post(`gitlab/runs/${run}/keep`),
      'run.cancel': () => admin.post(`gitlab/runs/${run}/cancel`),
      'connection.connect': () => admin.put('gitlab/connection', { token: successor, instanceUrl }),
      'connection.change': () => admin.patch('gitlab/connection', { selfRotation: true }),
      'connection.check': () => admin.post('gitlab/connection/check'),
      'project.change': () => admin.patch('gitlab/project', { directories: ['notes', 'reports'] }),
      'sync.plan': () => admin.post('gitlab/plan'),
      'sync.push': () => admin.post('gitlab/push'),
      'sync.pull': () => admin.post('gitlab/pull'),
      'proposal.propose': () => admin.post('gitlab/merge-request/propose'),
      'proposal.discard': () => admin.post('gitlab/merge-request/discard'),
      'file.release': () => admin.post('gitlab/files/release', { path: 'notes/held.md' }),
      'conflict.restore': () => admin.post(`gitlab/conflicts/${conflict}/restore`),
      'conflict.dismiss': () => admin.post(`gitlab/conflicts/${conflict}/dismiss`),
      'context.restore': () => admin.post('context/restore', { path: 'notes/1.md', version }),
      'webhook.register': () => admin.post('gitlab/webhook/register'),
      'webhook.rotate': () => admin.post('gitlab/webhook/rotate'),
      'project.configure': () => admin.put('gitlab/project', { projectId: other.id }),
      'project.configure, a new project': () => admin.put('gitlab/project', { create: { name: 'Dot' } }),
      'project.remove': () => admin.delete('gitlab/project'),
      'connection.disconnect': () => admin.delete('gitlab/connection'),
    };
  }

  /** Returns everything that acts may have changed, here and on GitLab. */
  async function standing(): Promise<Record<string, unknown>> {
    const tables: Record<string, unknown> = {};
    for (const [table, columns] of Object.entries(TABLES)) {
      const sql = `SELECT ${columns} FROM ${table} WHERE org = $1 ORDER BY 1`;
      tables[table] = (await database.query(sql, [admin.org])).rows;
    }
    return { ...tables, onGitLab: onGitLab() };
  }

  const onGitLab = () =>
    service.gitlab.calls.all.filter(({ method }) => method !== 'GET').map(({ operation }) => operation);

  it('is not done, whichever it is', async () => {
    await admin.get('gitlab').expect(200);
    await database.query(NO_ROOM);
    let before = await standing();
    const done: string[] = [];
    for (const [action, act] of Object.entries(acts)) {
      const { status } = await act();
      const after = await standing();
      const changed = JSON.stringify(after) !== JSON.stringify(before);
      if (status !== 500 || changed) done.push(`${action}: ${status}${changed ? ', something changed' : ''}`);
      before = after;
    }
    await database.query('DROP TRIGGER no_room ON audit_entries');
    expect(done).toEqual([]);
  });

  it('is done once it can be written again, with one entry', async () => {
    const entries = async () =>
      (await admin.get('audit?limit=200').expect(200)).body.items as { action: string; result: string }[];
    const before = (await entries()).length;
    const maybeOver = ['run.keep', 'run.cancel', 'conflict.dismiss']; // the run goes on as soon as it is confirmed
    for (const [action, act] of Object.entries(acts)) {
      const answer = await act();
      if (!maybeOver.includes(action))
        expect([action, answer.status < 300 ? 'ok' : answer.body]).toEqual([action, 'ok']);
    }
    const kept = (await entries())
      .reverse()
      .slice(before)
      .map(({ action, result }) => `${action} ${result}`);
    const names = Object.keys(acts).map((name) => name.split(',')[0]);
    expect(kept.filter((entry) => entry.endsWith(' ok')).length).toBeGreaterThanOrEqual(
      names.length - maybeOver.length,
    );
    expect(new Set(kept.map((entry) => entry.split(' ')[0]))).toEqual(new Set(names));
  });
});
