import request from 'supertest';
import { freshDatabase } from '../support/database';
import { TestService, type Client } from '../support/service';
import { Wire } from '../support/wire';

const PROJECT = 'ada/context';

/** Longer than a webhook waits for the database. */
const PATIENCE_MS = 5_000;

/** Polls are off: only a webhook reports a change. */
describe('while PostgreSQL is unavailable', () => {
  let wire: Wire;
  let service: TestService;
  let admin: Client;
  let project: ReturnType<TestService['gitlab']['givenProject']>;

  beforeAll(async () => {
    const database = await freshDatabase();
    wire = await Wire.to(database.url);
    service = await TestService.start('embedded', {
      database: { ...database, url: wire.url },
      databasePatienceMs: PATIENCE_MS,
    });
    admin = await service.as();
    await admin.put('context/files/notes/dot.md', 'from Dot\n').expect(201);
    project = service.gitlab.givenProject(PROJECT, { files: { 'notes/git.md': 'from GitLab\n' } });
    const token = service.gitlab.givenToken('ada').value;
    await admin.put('gitlab/connection', { token, instanceUrl: service.gitlab.url }).expect(200);
    await admin.put('gitlab/project', { projectId: project.id }).expect(200);
    await admin.patch('gitlab/project', { autoSync: true }).expect(200);
    await admin.settled();
    await admin.post('gitlab/webhook/register').expect(200);
    await service.gitlab.deliveries.settled();
  });
  afterAll(async () => {
    wire.mend(); // users of a dead connection learn that it is closed
    await service.stop();
    await wire.close();
  });

  const readiness = async () => (await request(service.url).get('/health/ready')).body;
  const onGitLab = (path: string) => service.gitlab.git.read(PROJECT, 'main', path)?.toString();
  /** Returns GitLab's record of its last delivery to us. */
  const lastDelivery = async () => {
    await service.gitlab.deliveries.settled();
    const [hook] = project.hooks.values();
    return service.gitlab.deliveries.of(hook)[0];
  };

  it.each([
    ['refuses connections', 'refused', () => wire.mend()],
    ['does not answer', 'silent', () => wire.mend()],
    ['moved elsewhere without a word', 'silent', () => wire.lead()],
  ] as const)(
    'says so and takes nothing, remembers webhooks, and goes on by itself: it %s',
    async (what, how, mend) => {
      wire.cut(how);
      const [edit, view] = await Promise.all([
        admin.put('context/files/notes/dot.md', 'never taken\n'),
        admin.get('gitlab'),
      ]);
      for (const { status, headers, body } of [edit, view]) {
        expect(status).toBe(503);
        expect(headers['retry-after']).toBe('5');
        expect(body).toMatchObject({
          code: 'database_unavailable',
          detail: expect.stringContaining('try again'),
        });
      }
      expect(await readiness()).toEqual({
        status: 'unready',
        checks: { database: 'unreachable', tenants: 'locked' },
      });

      const head = service.gitlab.git.push(PROJECT, 'main', {
        files: { 'notes/git.md': `GitLab, ${what}\n` },
      });
      expect(await lastDelivery()).toMatchObject({
        answer: { status: 200, body: JSON.stringify({ status: 'ignored', reason: 'unavailable' }) },
        delivery: { hook: { failures: 0 } },
      });

      mend();
      await admin.until(async () => (await readiness()).status === 'ready');
      await admin.until(
        async () => (await admin.get('context/files/notes/git.md')).text === `GitLab, ${what}\n`,
      );
      await admin.until(async () => {
        const { items } = (await admin.get('gitlab/webhook/deliveries').expect(200)).body;
        return items.some(({ commit }: { commit: string }) => commit === head);
      });

      const { text } = await admin.get('context/files/notes/dot.md').expect(200);
      expect(text).not.toContain('never');
      await admin.put('context/files/notes/dot.md', `Dot, ${what}\n`).expect(200);
      await admin.until(async () => onGitLab('notes/dot.md') === `Dot, ${what}\n`);
    },
    60_000,
  );
});
