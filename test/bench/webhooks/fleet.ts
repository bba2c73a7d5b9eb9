import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { SignJWT } from 'jose';
import { FakeGitLabInstance, startFakeGitLabServer, type Delivery } from '@app/fake-gitlab';
import { SystemClock } from '@app/kernel';
import { freePort } from '../../support/service';
import { ServiceProcess } from '../../support/service-process';
import type { ServiceShape } from '../../support/service-settings';
import { ask } from './ask';

const FILE = 'notes/a.md';
const SET_UP_AT_A_TIME = 16;
const LOOK_EVERY_MS = 100;

/** One org with a project of its own and a webhook made by hand. */
export interface Org {
  readonly name: string;
  readonly bearer: string;
  readonly projectId: number;
  readonly gitlabToken: string;
  readonly endpointId: string;
  readonly secret: string;
}

/** One that is connected and configured, and syncs for the first time. */
interface BegunOrg extends Pick<Org, 'name' | 'bearer' | 'gitlabToken'> {
  readonly project: ReturnType<FakeGitLabInstance['givenProject']>;
}

type Role = 'all' | 'web';

/** Orgs that are connected and in sync: the service as processes of its own beside a fake GitLab over HTTP. */
export class Fleet {
  readonly orgs: Org[] = [];
  private readonly secret = randomBytes(32).toString('base64url');
  private readonly services = new Map<Role, { process: ServiceProcess; url: string }>();

  private constructor(
    private readonly databaseUrl: string,
    readonly gitlab: FakeGitLabInstance,
    private readonly closeGitLab: () => Promise<void>,
    private readonly shape: Partial<ServiceShape>,
  ) {}

  static async launch(size: number, databaseUrl: string, shape: Partial<ServiceShape> = {}): Promise<Fleet> {
    const gitlab = new FakeGitLabInstance({ clock: new SystemClock() });
    const server = await startFakeGitLabServer(gitlab);
    gitlab.deliveries.sendWith(null); // the bench delivers by itself
    const fleet = new Fleet(databaseUrl, gitlab, () => server.close(), shape);
    const url = await fleet.start('all');
    const numbers = Array.from({ length: size }, (_, number) => number).values();
    const begun: BegunOrg[] = [];
    const begin = async () => {
      for (const number of numbers) begun.push(await fleet.begin(url, `org-${number}`));
    };
    await Promise.all(Array.from({ length: SET_UP_AT_A_TIME }, begin));
    for (const org of begun) fleet.orgs.push(await fleet.inSync(url, org));
    return fleet;
  }

  /** One more process of the service; answers its address. */
  async start(role: Role): Promise<string> {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const { databaseUrl, secret } = this;
    const process = ServiceProcess.launch({
      ...{ role, databaseUrl, secret, port, publicUrl: url },
      sync: { concurrency: 16 },
      ...this.shape,
    });
    this.services.set(role, { process, url });
    await process.ready();
    return url;
  }

  async stop(role: Role): Promise<void> {
    await this.services.get(role)?.process.kill();
    this.services.delete(role);
  }

  async close(): Promise<void> {
    for (const role of [...this.services.keys()]) await this.stop(role);
    await this.closeGitLab();
  }

  url(role: Role): string {
    return this.services.get(role)!.url;
  }

  pid(role: Role): number {
    return this.services.get(role)!.process.pid;
  }

  /** A teammate pushes; returns the delivery that GitLab would send now. */
  push(org: Org, text: string): Delivery {
    this.gitlab.git.push(org.projectId, 'main', { files: { [FILE]: text } });
    return this.gitlab.deliveries.queued.pop()!;
  }

  private async begin(service: string, name: string): Promise<BegunOrg> {
    const bearer = await this.token(name);
    const project = this.gitlab.givenProject(`${name}/context`, { files: { [FILE]: 'first\n' } });
    const gitlabToken = this.gitlab.givenToken(name).value;
    const put = (path: string, body: object) =>
      ask(`${service}/api/v1/orgs/${name}/gitlab/${path}`, { method: 'PUT', bearer, body });
    await put('connection', { token: gitlabToken, instanceUrl: this.gitlab.url });
    await put('project', { projectId: project.id });
    return { name, bearer, project, gitlabToken };
  }

  /** Waits until the org is in sync. Asks with breaks: a service that is asked all the time does little else than answer. */
  private async inSync(service: string, { name, bearer, project, gitlabToken }: BegunOrg): Promise<Org> {
    for (;;) {
      const { sync, webhook } = JSON.parse(await ask(`${service}/api/v1/orgs/${name}/gitlab`, { bearer }));
      if (sync.lastRun?.status === 'succeeded') {
        const { secret } = JSON.parse(
          await ask(`${service}/api/v1/orgs/${name}/gitlab/webhook/secret`, { bearer }),
        );
        this.gitlab.hooks.create(project, { url: webhook.url, token: secret, push_events: true });
        const endpointId = webhook.url.split('/').at(-1);
        return { name, bearer, projectId: project.id, gitlabToken, endpointId, secret };
      }
      await pause(LOOK_EVERY_MS);
    }
  }

  private token(org: string): Promise<string> {
    return new SignJWT({ org, role: 'admin', name: 'Ada', email: 'ada@example.com' })
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject('Ada')
      .setExpirationTime('1 hour')
      .sign(new TextEncoder().encode(this.secret));
  }
}
