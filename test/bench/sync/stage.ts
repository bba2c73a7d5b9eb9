import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { SignJWT } from 'jose';
import { Client } from 'pg';
import { orgId, type OrgId } from '@app/kernel';
import { inPublicSchema, freshDatabase, type FreshDatabase } from '../../support/database';
import { freePort } from '../../support/service';
import { ServiceProcess } from '../../support/service-process';
import { GitLabProcess } from '../scale/gitlab-process';
import type { Project } from '../scale/gitlab';
import { cpuSeconds } from '../comparison/machine';
import { ask } from '../webhooks/ask';
import type { Sample } from './sample-files';
import { Texts } from './texts';

/** Each look costs the service time that no peer spends; how long a run took, the run says itself. */
const LOOK_MS = 250;
const BRANCH = 'main';

/** A run that succeeded, by its own account. */
export interface Finished {
  readonly ms: number;
  readonly requests: number;
  /** Seconds of CPU that the service used meanwhile; they depend less on what else the machine does. */
  readonly cpu: number;
}

interface Run {
  readonly id: string;
  readonly status: string;
  readonly createdAt: string;
  readonly finishedAt: string | null;
  readonly apiCalls: number;
  readonly error: { readonly code: string } | null;
}

/** The service in a process of its own, beside a GitLab in another one and a PostgreSQL. */
export class Stage {
  private readonly secret = randomBytes(32).toString('base64url');

  private constructor(
    readonly gitlab: GitLabProcess,
    private readonly stored: FreshDatabase,
    readonly texts: Texts,
    /** For peers: the same server and database, with tables of their own. */
    readonly database: Client,
  ) {}

  service: ServiceProcess;
  url: string;

  static async open(): Promise<Stage> {
    const [gitlab, stored] = await Promise.all([GitLabProcess.start(), freshDatabase()]);
    const database = new Client(inPublicSchema(stored.ownerUrl));
    await database.connect();
    const stage = new Stage(gitlab, stored, await Texts.open(stored.url), database);
    await stage.startService();
    return stage;
  }

  async close(): Promise<void> {
    await this.service.kill();
    await this.texts.close();
    await this.database.end();
    await this.stored.drop();
    await this.gitlab.stop();
  }

  /** Replaces the service by a process that did nothing yet. */
  async restartService(): Promise<void> {
    await this.service.kill();
    await this.startService();
  }

  /** A new org with a project of sample files, or with an empty one. */
  async newOrg(sample: Sample | null, beside: { count: number; bytes: number } | null = null) {
    const org = orgId(`org-${randomUUID().slice(0, 8)}`);
    return { org, project: await this.gitlab.ask('fill', org, sample, beside) };
  }

  /** Connects and configures the org; resolves when its first sync is over. */
  async firstSync(org: OrgId, { id, token }: Project): Promise<Finished> {
    const cpu = await cpuSeconds(this.service.pid);
    await this.put(org, 'connection', { token, instanceUrl: this.gitlab.url });
    await this.put(org, 'project', { projectId: id, branch: BRANCH });
    return this.over(org, await this.firstRun(org), cpu);
  }

  async run(org: OrgId, kind: 'push' | 'pull'): Promise<Finished> {
    const cpu = await cpuSeconds(this.service.pid);
    return this.over(org, JSON.parse(await this.ask(org, `gitlab/${kind}`, 'POST')) as Run, cpu);
  }

  /** Forgets the org's project, on both sides. */
  async dismiss(org: OrgId, { id }: Project): Promise<void> {
    await this.ask(org, 'gitlab/connection', 'DELETE');
    await this.gitlab.ask('remove', id);
  }

  private async startService(): Promise<void> {
    const port = await freePort();
    this.url = `http://127.0.0.1:${port}`;
    this.service = ServiceProcess.launch({
      ...{ role: 'all', databaseUrl: this.stored.url, publicUrl: this.url, port, secret: this.secret },
    });
    await this.service.ready();
  }

  /** An event queues it, after the answer. */
  private async firstRun(org: OrgId): Promise<Run> {
    for (;;) {
      const { items } = JSON.parse(await this.ask(org, 'gitlab/runs')) as { items: Run[] };
      if (items.length) return items[0];
      await pause(LOOK_MS);
    }
  }

  private async over(org: OrgId, run: Run, cpuBefore: number): Promise<Finished> {
    let now = run;
    while (!now.finishedAt) {
      if (now.error) throw new Error(`the run fails: ${now.error.code}`);
      await pause(LOOK_MS);
      now = JSON.parse(await this.ask(org, `gitlab/runs/${run.id}`)) as Run;
    }
    if (now.status !== 'succeeded') throw new Error(`the run ended as ${now.status}`);
    const ms = Date.parse(now.finishedAt) - Date.parse(now.createdAt);
    return { ms, requests: now.apiCalls, cpu: (await cpuSeconds(this.service.pid)) - cpuBefore };
  }

  private async put(org: OrgId, what: string, body: object): Promise<void> {
    await this.ask(org, `gitlab/${what}`, 'PUT', body);
  }

  async ask(org: OrgId, path: string, method = 'GET', body?: object): Promise<string> {
    const bearer = await new SignJWT({ org, role: 'admin', name: 'Ada', email: 'ada@example.com' })
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject('Ada')
      .setExpirationTime('1 hour')
      .sign(new TextEncoder().encode(this.secret));
    return ask(`${this.url}/api/v1/orgs/${org}/${path}`, { method, bearer, body });
  }
}
