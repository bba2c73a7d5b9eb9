import { EventEmitter, once } from 'node:events';
import { Client as Postgres } from 'pg';
import { describeWithRedis } from '../support/redis';
import { TestService, type Client } from '../support/service';

const SYNC = { leaseMs: 1500, sweepMs: 500 };

describeWithRedis('The status of a commit, if the worker that posts it is killed', () => {
  let service: TestService;
  let admin: Client;
  let database: Postgres;
  const calls = new EventEmitter();
  /** The moment at which the next status hangs for ever: GitLab has it then, or has it not. */
  let deadly: 'before' | 'after' | null = null;
  const reach = (moment: 'before' | 'after', operation: string) => {
    if (operation !== 'setCommitStatus' || moment !== deadly) return undefined;
    deadly = null;
    calls.emit('reached');
    return new Promise<void>(() => undefined);
  };

  beforeAll(async () => {
    service = await TestService.start('distributed', { roles: ['web'], sync: SYNC });
    service.gitlab.calls.before = ({ operation }) => reach('before', operation);
    service.gitlab.calls.after = ({ operation }) => reach('after', operation);
    admin = await service.as();
    const project = service.gitlab.givenProject('ada/context', { files: { 'notes/a.md': 'a' } });
    const { value: token } = service.gitlab.givenToken('ada');
    await admin.put('gitlab/connection', { token, instanceUrl: service.gitlab.url }).expect(200);
    await admin.put('gitlab/project', { projectId: project.id, branch: 'main' }).expect(200);
    await admin.patch('gitlab/project', { reportStatus: 'on' }).expect(200);
    database = new Postgres(service.ownerUrl);
    await database.connect();
    const worker = await service.startWorker().ready();
    await admin.settled();
    await reported();
    await worker.kill();
  });
  afterAll(async () => {
    await database.end();
    await service.stop();
  });

  /** Resolves when no status waits, so that none is repeated when a worker is gone. */
  const reported = () =>
    admin.until(async () => {
      const { rows } = await database.query('SELECT FROM sync_commit_reports WHERE ended_at IS NULL');
      return rows.length === 0;
    });

  const statuses = (commit: string) =>
    service.gitlab.commitStatuses
      .of(service.gitlab.project('ada/context'), commit, { all: true })
      .map(({ state, description }) => ({ state, description }));
  const push = (text: string) =>
    service.gitlab.git.push('ada/context', 'main', { files: { 'notes/a.md': text } });
  const TAKEN = { state: 'success', description: '1 file taken' };

  it.each([
    ['before GitLab has it', 'before', 1],
    ['after GitLab has it', 'after', 2],
  ] as const)(
    '%s, is posted by another worker, with the same result',
    async (_, moment, times) => {
      const head = push(moment);
      const worker = await service.startWorker().ready();
      deadly = moment;
      const reached = once(calls, 'reached');
      await admin.post('gitlab/pull').expect(202);
      await reached;
      await worker.kill();
      const { body } = await admin.get('gitlab/runs').expect(200);
      expect(body.items).toContainEqual(expect.objectContaining({ kind: 'pull', status: 'succeeded', head }));
      const heir = await service.startWorker().ready();
      await admin.until(async () => statuses(head).length >= times);
      // Another pull is reported after the sweeps that would have repeated the first.
      const next = push(`${moment} again`);
      await admin.post('gitlab/pull').expect(202);
      await admin.until(async () => statuses(next).length > 0);
      await reported();
      await heir.kill();
      expect(statuses(head)).toEqual(Array.from({ length: times }, () => TAKEN));
    },
    60_000,
  );
});
