import { Client as Postgres } from 'pg';
import { TestService, type Client } from '../support/service';
import type { ServiceProcess } from '../support/service-process';

const DAY = 24 * 60 * 60 * 1000;

describe('The end of a token', () => {
  let service: TestService;
  let admin: Client;
  let workers: ServiceProcess[];

  beforeAll(async () => {
    service = await TestService.start('embedded');
    admin = await service.as();
  });
  afterAll(() => service.stop());
  beforeEach(() => {
    workers = [];
    service.gitlab.calls.reset();
    service.gitlab.calls.after = () => undefined;
  });
  afterEach(() => Promise.all(workers.map((worker) => worker.kill())));

  const status = async () => (await admin.get('gitlab').expect(200)).body;
  const connect = (days: number, more: object = {}) => {
    const expiresAt = new Date(Date.now() + days * DAY);
    const token = service.gitlab.givenToken('ada', { expiresAt, createdAt: new Date(Date.now() - 80 * DAY) });
    return admin
      .put('gitlab/connection', { token: token.value, instanceUrl: service.gitlab.url, ...more })
      .expect(200);
  };
  /** Connects a token as if long ago, which renews itself: a worker checks it when it starts. */
  const givenDue = async () => {
    await connect(10, { selfRotation: true });
    await sql(`UPDATE gitlab_connections SET connected_at = now() - interval '80 days'`);
  };
  const startWorker = () => {
    const worker = service.startWorker();
    workers.push(worker);
    return worker.ready();
  };
  const rotations = () =>
    service.gitlab.calls.all.filter(({ operation }) => operation === 'rotateToken').length;
  const renewals = async () =>
    (await admin.get('audit?limit=200').expect(200)).body.items.filter(
      ({ action }: { action: string }) => action === 'connection.renew',
    );

  async function sql(text: string) {
    const postgres = new Postgres(service.ownerUrl);
    await postgres.connect();
    const { rows } = await postgres.query(text);
    await postgres.end();
    return rows;
  }

  it.each([
    [30, 'ok', null],
    [14, 'attention', 'in 14 days'],
    [7, 'attention', 'in 7 days'],
    [1, 'attention', 'within a day'],
  ])('%i days from now makes the health %s', async (days, health, notice) => {
    await connect(days);
    const { health: found, connection } = await status();
    expect(found).toBe(health);
    expect(connection.notice).toEqual(notice === null ? null : expect.stringContaining(notice));
  });

  it('is warned of by the first process that looks, and by no other', async () => {
    await connect(6);
    const [before] = await sql(`SELECT expires_at, warned FROM gitlab_connections`);
    expect(before.warned).toBeNull();
    await Promise.all([startWorker(), startWorker()]);
    const warned = await admin.until(
      async () => (await sql(`SELECT warned FROM gitlab_connections`))[0].warned,
    );
    expect(warned).toEqual({ expiresAt: before.expires_at.toISOString(), days: 7 });
  });

  it('can be left to the token itself, and taken back', async () => {
    const { body: silent } = await connect(30);
    expect(silent).not.toHaveProperty('selfRotation');
    const { body: asked } = await connect(30, { selfRotation: true });
    expect(asked).toMatchObject({ selfRotation: true });
    const { body: off } = await admin.patch('gitlab/connection', { selfRotation: false }).expect(200);
    expect(off).not.toHaveProperty('selfRotation');
    const { body: on } = await admin.patch('gitlab/connection', { selfRotation: true }).expect(200);
    expect(on).toMatchObject({ selfRotation: true });
    expect((await status()).connection).toMatchObject({ selfRotation: true });
    const wrong = await admin.patch('gitlab/connection', { selfRotation: 'yes' }).expect(400);
    expect(wrong.body).toMatchObject({ code: 'validation_failed', errors: [{ field: 'selfRotation' }] });
  });

  it('is put off by a token that renews itself, once, though two workers look at it', async () => {
    await givenDue();
    const { generation } = (await sql(`SELECT generation FROM gitlab_connections`))[0];
    const audited = (await renewals()).length;
    await Promise.all([startWorker(), startWorker()]);
    const [renewal] = await admin.until(async () => {
      const found = await renewals();
      return found.length > audited && found;
    });
    expect(renewal).toMatchObject({
      actor: { subject: 'dot-gitlab-sync', role: 'service' },
      target: service.gitlab.url,
      result: 'ok',
    });
    const { health, connection } = await status();
    expect([health, connection.notice]).toEqual(['ok', null]);
    expect(Date.parse(connection.expiresAt)).toBeGreaterThan(Date.now() + 80 * DAY);
    const { body } = await admin.post('gitlab/connection/check').expect(200);
    expect(body.checks.filter(({ ok }: { ok: boolean }) => !ok)).toEqual([]);
    expect(rotations()).toBe(1);
    const left = [await sql(`SELECT * FROM gitlab_connections`), await renewals(), await status()];
    const seen = JSON.stringify(left) + workers.map(({ printed }) => printed).join();
    for (const { value } of service.gitlab.accounts.allTokens) expect(seen).not.toContain(value);
    // The webhook secret goes with the generation: it is as it was.
    expect(await sql(`SELECT generation FROM gitlab_connections`)).toEqual([{ generation }]);
  });

  it('comes immediately if a worker dies between GitLab’s answer and the commit: status names the next step', async () => {
    await givenDue();
    const dying = new Promise<void>((killed) => {
      service.gitlab.calls.after = async ({ operation }) => {
        if (operation !== 'rotateToken') return;
        await workers[0]!.kill();
        killed();
      };
    });
    void startWorker().catch(() => undefined);
    await dying;
    service.gitlab.calls.after = () => undefined;
    await startWorker();
    const lost = await admin.until(async () => {
      const found = await status();
      return found.connection.notice?.includes('lost') && found;
    });
    expect(lost.health).toBe('attention');
    expect(lost.connection.notice).toMatch(/Create a new token with the api scope and connect again\.$/);
    expect((await renewals())[0]).toMatchObject({ result: 'token_lost' });
    expect(rotations()).toBe(1);
    await connect(30);
    expect(await status()).toMatchObject({ health: 'ok', connection: { notice: null } });
  });
});
