import { Client as Postgres } from 'pg';
import { describeWithRedis } from '../support/redis';
import { TestService, type Client } from '../support/service';

/** Locks what a worker locks when it claims an org: first the state, then the runs. */
const LOCK_STATE = 'SELECT FROM sync_states WHERE org = $1 FOR UPDATE';
const LOCK_RUNS = 'SELECT FROM sync_runs WHERE org = $1 AND finished_at IS NULL FOR UPDATE';
const WAITING = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;

describeWithRedis('an act of a person while a worker claims the org', () => {
  let service: TestService;
  let admin: Client;
  let worker: Postgres;

  beforeAll(async () => {
    service = await TestService.start('distributed', { roles: ['web'] });
    admin = await service.as();
    worker = new Postgres(service.ownerUrl);
    await worker.connect();
    const { gitlab } = service;
    const project = gitlab.givenProject('ada/context', { files: { 'notes/a.md': 'a' } });
    const { value: token } = gitlab.givenToken('ada');
    await admin.put('gitlab/connection', { token, instanceUrl: gitlab.url }).expect(200);
    await admin.put('gitlab/project', { projectId: project.id }).expect(200);
    const first = await service.startWorker().ready();
    await admin.settled();
    await first.kill();
  });
  afterAll(async () => {
    await worker.end();
    await service.stop();
  });

  it.each([
    ['a push', 'gitlab/push'],
    ['a pull', 'gitlab/pull'],
    ['a proposal', 'gitlab/merge-request/propose'],
    ['a discard', 'gitlab/merge-request/discard'],
    ['a cancellation', 'gitlab/runs/{run}/cancel'],
  ])('waits for it: %s', async (_, path) => {
    const { id: run } = (await admin.post('gitlab/pull').expect(202)).body;
    await worker.query('BEGIN');
    await worker.query(LOCK_STATE, [admin.org]);
    const act = admin.post(path.replace('{run}', run)).then(({ status }) => status);
    await admin.until(async () => (await worker.query(WAITING)).rowCount! > 0);
    await worker.query(LOCK_RUNS, [admin.org]);
    await worker.query('COMMIT');
    expect(await act).toBeLessThan(300);
  });
});
