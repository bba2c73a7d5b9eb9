import type { NestExpressApplication } from '@nestjs/platform-express';
import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer as createListener, type AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { SignJWT } from 'jose';
import request from 'supertest';
import { FakeGitLabInstance, startFakeGitLabServer, type FakeGitLabServer } from '@app/fake-gitlab';
import { SystemClock } from '@app/kernel';
import { createServer } from '../../apps/server/src/server';
import { freshDatabase, type FreshDatabase } from './database';
import { assertDocumented } from './documented';
import { testRedisUrl } from './redis';
import { ServiceProcess } from './service-process';
import { serviceEnv, serviceSettings, type ServiceShape } from './service-settings';

export type Mode = 'embedded' | 'distributed';

interface Person {
  readonly org?: string;
  readonly role?: 'admin' | 'member' | 'operator';
  readonly name?: string;
}

interface DistributedOptions {
  /** The parts that run in this process, `web` first; others can be started as processes of their own. */
  readonly roles?: readonly ('web' | 'worker')[];
  readonly redisUrl?: string;
  /** A fresh one where absent; dropped at the end. */
  readonly database?: FreshDatabase;
  readonly databasePatienceMs?: number;
  readonly sync?: ServiceShape['sync'];
  /** Limits of parts of the service. */
  readonly gitLabCallsPerMinute?: Partial<Record<ServiceShape['role'], number>>;
  readonly inspection?: ServiceShape['inspection'];
  readonly panelOrigins?: ServiceShape['panelOrigins'];
  readonly notifications?: ServiceShape['notifications'];
  /** The path below which its GitLab is served, known to the service. */
  readonly basePath?: string;
}

const PATIENCE_MS = 60_000;

/**
 * The whole service on real sockets beside a fake GitLab: one process with the in-process wake queue, or a web and a worker
 * with Bull on Redis. Both on a PostgreSQL database of their own.
 */
export class TestService {
  readonly org = `org-${randomUUID().slice(0, 8)}`;

  private constructor(
    readonly url: string,
    readonly gitlab: FakeGitLabInstance,
    private readonly shape: (role: ServiceShape['role']) => ServiceShape,
    private readonly database: FreshDatabase,
    private readonly closing: (() => Promise<unknown>)[],
  ) {}

  static async start(
    mode: Mode,
    { roles = ['web', 'worker'], redisUrl = testRedisUrl(), ...options }: DistributedOptions = {},
  ): Promise<TestService> {
    const gitlab = new FakeGitLabInstance({ clock: new SystemClock() });
    const gitlabServer: FakeGitLabServer = await startFakeGitLabServer(gitlab, {
      basePath: options.basePath,
    });
    const database = options.database ?? (await freshDatabase());
    const port = await freePort();
    const secret = randomBytes(32).toString('base64url');
    const url = `http://127.0.0.1:${port}`;
    const shape = (role: ServiceShape['role']): ServiceShape => ({
      role,
      databaseUrl: database.url,
      databasePatienceMs: options.databasePatienceMs,
      redisUrl: mode === 'distributed' ? redisUrl : undefined,
      publicUrl: url,
      secret,
      sync: options.sync,
      gitLabCallsPerMinute: options.gitLabCallsPerMinute?.[role],
      inspection: options.inspection,
      panelOrigins: options.panelOrigins,
      notifications: options.notifications,
      gitLabBasePaths: options.basePath === undefined ? undefined : [gitlab.url],
    });
    const apps: NestExpressApplication[] = [];
    for (const role of mode === 'distributed' ? roles : (['all'] as const)) {
      apps.push(await createServer(serviceSettings(shape(role))));
    }
    await apps[0].listen(port, '127.0.0.1');
    return new TestService(url, gitlab, shape, database, [
      ...apps.map((app) => () => app.close()),
      () => gitlabServer.close(),
      () => database.drop(),
    ]);
  }

  get databaseUrl(): string {
    return this.shape('web').databaseUrl;
  }

  /** Lets the test read and change the database. */
  get ownerUrl(): string {
    return this.database.ownerUrl;
  }

  /** One more worker, as a process of its own. */
  startWorker(): ServiceProcess {
    return ServiceProcess.launch(this.shape('worker'));
  }

  /** The same as an operator starts it: `main`, by environment variables. */
  async startMainWorker(): Promise<ServiceProcess> {
    return ServiceProcess.main(serviceEnv({ ...this.shape('worker'), port: await freePort() }));
  }

  async stop(): Promise<void> {
    for (const close of this.closing) await close();
  }

  token({ org = this.org, role = 'admin', name = 'Ada' }: Person = {}, lives = '1 hour'): Promise<string> {
    const claims = {
      role,
      name,
      email: `${name.toLowerCase()}@example.com`,
      ...(role !== 'operator' && { org }),
    };
    return new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject(name)
      .setExpirationTime(lives)
      .sign(new TextEncoder().encode(this.shape('web').secret));
  }

  /** An admin of another org, at this org's door. */
  async stranger(): Promise<Client> {
    return new Client(this.url, this.org, await this.token({ org: 'globex' }));
  }

  async as(person: Person = {}): Promise<Client> {
    return new Client(this.url, person.org ?? this.org, await this.token(person));
  }
}

/** Parts of a status that specs read. */
export interface SettledStatus {
  readonly state: string;
  readonly health: string;
  readonly sync: Readonly<Record<string, unknown>>;
}

/** A caller of the API, through supertest over real HTTP. */
export class Client {
  constructor(
    private readonly url: string,
    readonly org: string,
    private readonly token: string,
  ) {}

  get(path: string): request.Test {
    return this.call('get', path);
  }

  put(path: string, body?: object | string): request.Test {
    return this.call('put', path, body);
  }

  post(path: string, body?: object): request.Test {
    return this.call('post', path, body);
  }

  patch(path: string, body: object): request.Test {
    return this.call('patch', path, body);
  }

  delete(path: string): request.Test {
    return this.call('delete', path);
  }

  /** The values that an admin copies into GitLab. */
  async webhook(): Promise<{ url: string; secret: string; signingToken: string }> {
    const { body } = await this.get('gitlab').expect(200);
    const { body: keys } = await this.get('gitlab/webhook/secret').expect(200);
    return { ...keys, url: body.webhook.url };
  }

  /** Resolves with the status once nothing is open or waits. */
  async settled(): Promise<SettledStatus> {
    let seen: SettledStatus | undefined;
    const look = async () => {
      const { body } = await this.get('gitlab');
      seen = body;
      const { sync, health } = body;
      const open = sync.pendingPull || ['queued', 'running'].includes(sync.lastRun?.status);
      return !open && health !== 'syncing' && health !== 'failing' ? body : undefined;
    };
    return this.until(look, () => seen);
  }

  /** The first answer that is there. @throws Error when it takes too long, with what was `seen` last */
  async until<T>(look: () => Promise<T | undefined | false>, seen: () => unknown = () => ''): Promise<T> {
    for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await pause()) {
      const found = await look();
      if (found) return found;
    }
    throw new Error(`what was waited for did not happen: ${inspect(seen(), { depth: 4 })}`);
  }

  private call(
    method: 'get' | 'put' | 'post' | 'patch' | 'delete',
    path: string,
    body?: object | string,
  ): request.Test {
    const fullPath = `/api/v1/orgs/${this.org}/${path}`;
    const test = request(this.url)
      [method](fullPath)
      .set('authorization', `Bearer ${this.token}`)
      .expect(({ status, body: answer, type }) => {
        if (type === 'application/problem+json')
          assertDocumented(method, this.url + fullPath, status, answer.code);
      });
    if (typeof body === 'string') return test.type('text/markdown').send(body);
    return body === undefined ? test : test.send(body);
  }
}

const pause = () => new Promise((resolve) => setTimeout(resolve, 30));

export async function freePort(): Promise<number> {
  const probe = createListener().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  return port;
}
