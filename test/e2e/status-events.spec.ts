import { EventEmitter, once } from 'node:events';
import { describeWithRedis } from '../support/redis';
import { TestService, type Client } from '../support/service';

interface Status {
  readonly state: string;
  readonly health: string;
  readonly viewer: { readonly role: string; readonly name: string };
  readonly sync: { readonly pendingPush: number; readonly lastRun: { readonly status: string } | null };
}

/** Reads a stream of the status; `until` resolves with the first that fits, those that came before included. */
class Follower {
  readonly seen: Status[] = [];
  private readonly arrivals = new EventEmitter();
  private readonly leaving = new AbortController();
  over = false;

  static async of(service: TestService, token: string): Promise<Follower> {
    const follower = new Follower();
    const answer = await fetch(`${service.url}/api/v1/orgs/${service.org}/gitlab/events`, {
      headers: { authorization: `Bearer ${token}` },
      signal: follower.leaving.signal,
    });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toContain('text/event-stream');
    void follower.read(answer).catch(() => undefined);
    return follower;
  }

  async until(fits: (status: Status) => boolean): Promise<Status> {
    for (;;) {
      const found = this.seen.find(fits);
      if (found) return found;
      await once(this.arrivals, 'status');
    }
  }

  async end(): Promise<void> {
    if (!this.over) await once(this.arrivals, 'end');
  }

  leave(): void {
    this.leaving.abort();
  }

  private async read({ body }: Response): Promise<void> {
    let text = '';
    for await (const chunk of body!.pipeThrough(new TextDecoderStream())) {
      const events = (text + chunk).split('\n\n');
      text = events.pop()!;
      for (const event of events) this.take(event);
    }
    this.over = true;
    this.arrivals.emit('end');
  }

  private take(event: string): void {
    const data = /^data: (.*)$/m.exec(event)?.[1];
    if (!data) return;
    expect(event).toMatch(/^event: status$/m);
    this.seen.push(JSON.parse(data) as Status);
    this.arrivals.emit('status');
  }
}

async function connected(service: TestService): Promise<Client> {
  const admin = await service.as();
  const { gitlab } = service;
  const { id } = gitlab.givenProject('ada/context', { files: { 'notes/a.md': 'a\n' } });
  const token = gitlab.givenToken('ada').value;
  await admin.put('gitlab/connection', { token, instanceUrl: gitlab.url }).expect(200);
  await admin.put('gitlab/project', { projectId: id }).expect(200);
  return admin;
}

describe('The stream of the status', () => {
  let service: TestService;
  let admin: Client;
  beforeAll(async () => {
    service = await TestService.start('embedded');
  });
  afterAll(() => service?.stop());

  it('reports the present state immediately, and each change', async () => {
    const follower = await Follower.of(service, await service.token());
    expect((await follower.until(() => true)).state).toBe('disconnected');
    admin = await connected(service);
    await follower.until(({ sync }) => sync.lastRun?.status === 'succeeded');
    await admin.put('context/files/notes/b.md', 'b\n').expect(201);
    await follower.until(({ sync }) => sync.pendingPush === 1);
    expect(follower.seen[0].state).toBe('disconnected');
    const { body } = await admin.get('gitlab').expect(200);
    await follower.until((status) => JSON.stringify(status) === JSON.stringify(body));
    follower.leave();
  });

  it('names the caller to each subscriber', async () => {
    const roles = ['member', 'admin'] as const;
    const followers = await Promise.all(
      roles.map(async (role) => Follower.of(service, await service.token({ role, name: `${role} Dan` }))),
    );
    const seen = await Promise.all(followers.map((follower) => follower.until(() => true)));
    expect(seen.map(({ viewer }) => viewer)).toEqual(roles.map((role) => ({ role, name: `${role} Dan` })));
    for (const follower of followers) follower.leave();
  });

  it('shows no secret, to members and to admins', async () => {
    const { secret, signingToken } = await admin.webhook();
    for (const role of ['member', 'admin'] as const) {
      const follower = await Follower.of(service, await service.token({ role }));
      await follower.until(({ state }) => state === 'configured');
      const text = JSON.stringify(follower.seen);
      for (const hidden of [secret, signingToken]) expect(text).not.toContain(hidden);
      follower.leave();
    }
  });

  it('ends when the token does', async () => {
    const follower = await Follower.of(service, await service.token({ name: 'Dan' }, '1 second'));
    await follower.end();
    expect(follower.over).toBe(true);
  });

  it('is one of those a caller may hold open', async () => {
    const token = await service.token({ role: 'member', name: 'Eve' });
    const all = await Promise.all(Array.from({ length: 10 }, () => Follower.of(service, token)));
    const answer = await fetch(`${service.url}/api/v1/orgs/${service.org}/gitlab/events`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([
      429,
      'too_many_streams',
    ]);
    all.forEach((follower) => follower.leave());
  });
});

describeWithRedis('The stream of the status of a web process', () => {
  it('reports the work of a worker', async () => {
    const service = await TestService.start('distributed', { roles: ['web'] });
    const follower = await Follower.of(service, await service.token());
    await connected(service);
    await follower.until(({ sync }) => sync.lastRun?.status === 'queued');
    const worker = await service.startWorker().ready();
    await follower.until(({ sync }) => sync.lastRun?.status === 'succeeded');
    follower.leave();
    await worker.stop();
    await service.stop();
  });
});
