import { once, EventEmitter } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { Client as Postgres } from 'pg';
import { describeWithRedis, testRedisUrl } from '../support/redis';
import { TestService, type Client } from '../support/service';
import type { ServiceProcess } from '../support/service-process';
import { Wire } from '../support/wire';

const PROJECT = 'ada/context';
const CHANGES = 30;
const LEASE_MS = 2000;
const LONGEST_STOP_MS = 20_000;

describeWithRedis('a worker in the middle of its work', () => {
  let wire: Wire;
  let service: TestService;
  let admin: Client;
  let workers: ServiceProcess[];
  /** Emits `commit` with each commit that GitLab made and has not answered yet. */
  const effects = new EventEmitter();

  beforeAll(async () => {
    wire = await Wire.to(testRedisUrl());
    const sync = { leaseMs: LEASE_MS, sweepMs: 500 };
    service = await TestService.start('distributed', { roles: ['web'], redisUrl: wire.url, sync });
    admin = await service.as();
    const { id } = service.gitlab.givenProject(PROJECT, { files: { 'notes/git.md': 'from GitLab\n' } });
    const token = service.gitlab.givenToken('ada').value;
    await admin.put('gitlab/connection', { token, instanceUrl: service.gitlab.url }).expect(200);
    await admin.put('gitlab/project', { projectId: id }).expect(200);
    await admin.patch('gitlab/project', { autoSync: true }).expect(200);
    service.gitlab.calls.after = ({ operation }) => void effects.emit(operation);
  });

  afterAll(async () => {
    await service.stop();
    await wire.close();
  });

  beforeEach(() => {
    workers = [];
  });

  afterEach(async () => {
    service.gitlab.calls.before = () => undefined;
    wire.mend();
    await Promise.all(workers.map((worker) => worker.kill()));
  });

  const startWorker = () => withWorker(service.startWorker());
  const startMain = async () => withWorker(await service.startMainWorker());
  async function withWorker(worker: ServiceProcess): Promise<ServiceProcess> {
    workers.push(worker);
    return worker.ready();
  }

  /** Each is to become a commit; answers their ids, in order, when the first commit was made. */
  async function givenWork(count: number): Promise<string[]> {
    await admin.settled();
    const begun = once(effects, 'commit');
    const ids = await givenChanges(count);
    await begun;
    return ids;
  }

  async function givenChanges(count: number): Promise<string[]> {
    const ids: string[] = [];
    for (let number = 0; number < count; number++) {
      const changes = [{ op: 'put', path: 'notes/dot.md', content: `${number} of ${Date.now()}\n` }];
      const { body } = await admin.post('context/changes', { changes }).expect(201);
      ids.push(body.changeId);
    }
    return ids;
  }

  const slowCommits = (ms: number) => {
    service.gitlab.calls.before = ({ operation }) => (operation === 'commit' ? pause(ms) : undefined);
  };

  const sentChanges = () =>
    service.gitlab.git
      .log(PROJECT, 'main')
      .flatMap(({ message }) => /^Dot-Change-Id: (\S+)$/m.exec(message)?.[1] ?? [])
      .reverse();

  async function leases(): Promise<number> {
    const db = new Postgres(service.ownerUrl);
    await db.connect();
    const { rowCount } = await db.query('SELECT FROM sync_states WHERE lease_until IS NOT NULL');
    await db.end();
    return rowCount ?? 0;
  }

  async function expectAllSent(ids: readonly string[]): Promise<void> {
    await admin.settled();
    expect(sentChanges().slice(-ids.length)).toEqual(ids);
  }

  it('ends its turn when asked to stop, frees the lease, and leaves the rest to the next', async () => {
    const worker = await startMain();
    slowCommits(100);
    const ids = await givenWork(CHANGES);
    expect(await leases()).toBe(1);

    expect(await worker.stop()).toBe(0);
    expect(await leases()).toBe(0);
    const calls = service.gitlab.calls.all.length;
    const sent = sentChanges().filter((id) => ids.includes(id)).length;
    expect(sent).toBeGreaterThan(0);
    expect(sent).toBeLessThan(CHANGES);

    await startWorker();
    expect(service.gitlab.calls.all.length).toBe(calls);
    await expectAllSent(ids);
  });

  it('hands its work over within 20 s if GitLab does not answer', async () => {
    const worker = await startMain();
    await admin.settled();
    let waiting: () => void = () => undefined;
    const reached = new Promise<void>((resolve) => {
      service.gitlab.calls.before = async ({ operation }) => {
        if (operation !== 'commit') return;
        resolve();
        await new Promise<void>((free) => (waiting = free));
      };
    });
    const ids = await givenChanges(2);
    await reached;

    const asked = Date.now();
    expect(await worker.stop()).toBe(0);
    expect(Date.now() - asked).toBeLessThan(LONGEST_STOP_MS);
    expect(await leases()).toBe(0);

    service.gitlab.calls.before = () => undefined;
    waiting();
    await startWorker();
    await expectAllSent(ids);
  });

  it.each(['refused', 'silent'] as const)(
    'stops as cleanly while Redis is unavailable, its connections %s',
    async (how) => {
      const worker = await startMain();
      slowCommits(100);
      await givenWork(5);
      wire.cut(how);
      expect(await worker.stop()).toBe(0);
      expect(await leases()).toBe(0);
    },
    60_000,
  );

  it('is followed by another within its lease when it dies', async () => {
    const worker = await startWorker();
    slowCommits(1000); // so that work is left when the other worker is ready
    const ids = await givenWork(CHANGES);
    await startWorker();
    await worker.kill();
    slowCommits(100);
    const died = Date.now();
    const before = sentChanges().length;
    await admin.until(async () => sentChanges().length > before + 1);
    expect(Date.now() - died).toBeLessThan(LEASE_MS + 3000);
    await expectAllSent(ids);
  });
});
