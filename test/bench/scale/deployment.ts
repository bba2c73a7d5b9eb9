import { LazyModuleLoader } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Queue } from 'bull';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { Vault } from '@app/credentials';
import { Database } from '@app/database';
import { orgId, Secret, type OrgId } from '@app/kernel';
import { SyncEngineSettings } from '@app/sync-engine';
import { bullQueue, RequestRun } from '@app/sync-engine/testing';
import { createServer } from '../../../apps/server/src/server';
import { freshDatabase, type FreshDatabase } from '../../support/database';
import { noteWhetherRedisAnswers, testRedisUrl } from '../../support/redis';
import { freePort } from '../../support/service';
import { ServiceProcess } from '../../support/service-process';
import { serviceSettings, type ServiceShape } from '../../support/service-settings';
import { GitLabProcess } from './gitlab-process';
import { FILE, OrgTables, textOf, type Org } from './orgs';
import { Worker } from './worker';

/** Purpose for which the vault seals an org's token. */
const TOKEN_PURPOSE = 'gitlab-token';
const WAKE_UPS_AT_A_TIME = 500;
const SWEEP_MS = 5_000;
const WARM_UP = 200;
const LOOK_MS = 250;

/** Orgs of one kind; their names begin with the group's. */
export interface Group {
  readonly name: string;
  readonly orgs: readonly Org[];
}

/** Changes made in Dot, so many by each org of the group. */
export interface Work {
  readonly group: Group;
  readonly changes: number;
}

/** The time when a group's work was released, and when each org had finished it, the first one first. */
export interface Times {
  readonly begun: number;
  readonly done: readonly number[];
}

/**
 * The service as it is deployed: PostgreSQL, Redis, a web process (this one) and workers beside a GitLab, each a process of its
 * own. Polling is off: only the work is measured.
 */
export class Deployment {
  readonly workers: Worker[] = [];
  private groups = 0;

  private constructor(
    readonly gitlab: GitLabProcess,
    readonly database: Client,
    private readonly stored: FreshDatabase,
    private readonly web: NestExpressApplication,
    private readonly wakeUps: Queue,
    private readonly tables: OrgTables,
  ) {}

  static async start(): Promise<Deployment> {
    await noteWhetherRedisAnswers();
    if (!process.env.TEST_REDIS_ANSWERS) throw new Error('no Redis answers; TEST_REDIS_URL may name one');
    const [gitlab, stored] = await Promise.all([GitLabProcess.start(), freshDatabase()]);
    const database = new Client(stored.ownerUrl);
    database.on('error', () => undefined); // without a listener, it would end the process before the cause is reported
    await database.connect();
    const web = await createServer(serviceSettings(shapeOf('web', stored.url)));
    const wakeUps = await bullQueue(
      ...([
        web.get(LazyModuleLoader),
        { url: redisUrl() },
        web.get(SyncEngineSettings),
        web.get(Database),
      ] as const),
    );
    await wakeUps.isReady();
    const vault = web.get(Vault, { strict: false });
    const seal = (org: OrgId, token: string) => vault.seal(org, TOKEN_PURPOSE, new Secret(token));
    return new Deployment(gitlab, database, stored, web, wakeUps, new OrgTables(database, gitlab.url, seal));
  }

  /** One that syncs so many orgs at a time, and has done so for a while. */
  async startWorker(concurrency: number, program?: string): Promise<Worker> {
    const port = await freePort();
    const shape = shapeOf('worker', this.stored.url);
    const process = ServiceProcess.launch(
      { ...shape, port, sync: { concurrency, sweepMs: SWEEP_MS } },
      program,
    );
    await process.ready();
    const worker = new Worker(process, `http://127.0.0.1:${port}`);
    this.workers.push(worker);
    const warmUp = await this.found('warm-up', WARM_UP);
    await this.hold([{ group: warmUp, changes: 1 }]);
    await this.release(warmUp);
    return worker;
  }

  async stopWorker(worker: Worker): Promise<void> {
    this.workers.splice(this.workers.indexOf(worker), 1);
    await worker.process.stop();
  }

  /** Orgs in sync, each with a project of its own. */
  async found(kind: string, count: number): Promise<Group> {
    const name = `${kind}${++this.groups}`;
    const names = Array.from({ length: count }, (_, number) => orgId(`${name}-${number}`));
    const files = names.map((org) => ({ [FILE]: textOf(org, 1) }));
    const projects = await this.gitlab.ask('found', names, files);
    const orgs = names.map((org, number) => ({ name: org, project: projects[number], revision: 0 }));
    await this.tables.found(orgs);
    return { name, orgs };
  }

  /** Requests the push of changes, in this order, while workers take no wake-up. */
  async hold(works: readonly Work[]): Promise<void> {
    await this.wakeUps.pause();
    for (const { group, changes } of works) await this.tables.change(group.orgs, changes);
    await this.want(
      works.flatMap(({ group }) => group.orgs),
      'push',
    );
    await this.database.query('VACUUM ANALYZE');
  }

  /** A teammate pushes to each project, and each hook reports it. Workers take no wake-up meanwhile. */
  async holdPulls({ orgs }: Group): Promise<void> {
    await this.wakeUps.pause();
    for (const org of orgs) org.revision++;
    const projects = orgs.map(({ project }) => project.id);
    const files = orgs.map(({ name, revision }) => ({ [FILE]: textOf(name, revision) }));
    await this.gitlab.ask('push', projects, files);
    await this.want(orgs, 'pull');
  }

  /** Lets workers answer; resolves once the group has all it wants. */
  async release(group: Group): Promise<Times> {
    const begun = Date.now();
    await this.wakeUps.resume();
    return { begun, done: await this.done(group) };
  }

  /** When each org was done. @throws Error where a run does not succeed at once, or where Dot and GitLab differ afterwards */
  private async done(group: Group): Promise<number[]> {
    while (await this.isAtWork(group)) await pause(LOOK_MS);
    const { rows } = await this.database.query<{ status: string; finished_at: Date }>(
      `SELECT DISTINCT ON (org) status, finished_at FROM sync_runs WHERE org LIKE $1 ORDER BY org, seq DESC`,
      [`${group.name}-%`],
    );
    if (rows.some(({ status }) => status !== 'succeeded')) throw new Error(`a run of ${group.name} failed`);
    await this.verify(group);
    return rows.map(({ finished_at }) => finished_at.getTime()).sort((a, b) => a - b);
  }

  /** Removes these orgs, and cancels the runs that they still want. */
  async dismiss({ name }: Group): Promise<void> {
    await this.database.query('DELETE FROM sync_targets WHERE org LIKE $1', [`${name}-%`]);
    await this.database.query(
      `UPDATE sync_runs SET status = 'cancelled', finished_at = now() WHERE finished_at IS NULL AND org LIKE $1`,
      [`${name}-%`],
    );
  }

  /** Has each org looked at without cause, as when its poll is due. */
  async poll({ name }: Group): Promise<void> {
    await this.database.query('UPDATE sync_states SET next_poll_at = now() WHERE org LIKE $1', [`${name}-%`]);
    const isDue = async () =>
      (await this.database.query('SELECT FROM sync_states WHERE next_poll_at IS NOT NULL LIMIT 1')).rowCount;
    while (await isDue()) await pause(LOOK_MS);
  }

  async stop(): Promise<void> {
    for (const worker of [...this.workers]) await this.stopWorker(worker);
    await this.wakeUps.obliterate({ force: true });
    await this.wakeUps.close();
    await this.web.close();
    await this.database.end();
    await this.stored.drop();
    await this.gitlab.stop();
  }

  private async want(orgs: readonly Org[], kind: 'push' | 'pull'): Promise<void> {
    const request = this.web.get(RequestRun, { strict: false });
    const names = orgs.map(({ name }) => name);
    for (let start = 0; start < names.length; start += WAKE_UPS_AT_A_TIME) {
      const end = Math.min(start + WAKE_UPS_AT_A_TIME, names.length);
      await request.executeAll(names.slice(start, end), kind, 'auto');
      while ((await this.wakeUps.getPausedCount()) < end) await pause(LOOK_MS / 10);
    }
  }

  private async isAtWork({ name }: Group): Promise<boolean> {
    const { rows } = await this.database.query<{ open: string; code: string | null }>(
      `SELECT count(*) AS open, min(error->>'code') AS code FROM sync_runs WHERE finished_at IS NULL AND org LIKE $1`,
      [`${name}-%`],
    );
    if (rows[0].code) throw new Error(`runs of ${name} fail: ${rows[0].code}`);
    return rows[0].open !== '0';
  }

  /** One commit for each change, and the last text on both sides. */
  private async verify({ orgs }: Group): Promise<void> {
    const projects = orgs.map(({ project }) => project.id);
    const branches = await this.gitlab.ask('branches', projects, FILE);
    const inDot = await this.tables.texts(orgs);
    const wrong = orgs.filter(({ name, revision }, number) => {
      const { commits, text } = branches[number];
      const wanted = textOf(name, revision);
      return commits !== revision || text !== wanted || inDot.get(name) !== wanted;
    });
    if (wrong.length) throw new Error(`${wrong.length} orgs are not in sync, ${wrong[0].name} among them`);
  }
}

function shapeOf(role: ServiceShape['role'], databaseUrl: string): ServiceShape {
  const publicUrl = 'https://dot.example.com';
  return { role, databaseUrl, redisUrl: redisUrl(), publicUrl, secret: 'x'.repeat(32) };
}

/** None of those that specs use. */
function redisUrl(): string {
  const url = new URL(testRedisUrl());
  url.pathname = '/9';
  return url.href;
}
