import { FakeKeySource } from '@app/credentials/testing';
import { FakeGitLabConnector, FakeGitLabInstance } from '@app/fake-gitlab';
import type { CommitRequest, GitLab } from '@app/gitlab';
import { ManualClock, orgId, type DomainEvent } from '@app/kernel';
import type { Publish } from '@app/project-config';
import { Post, PostedEvents, PostedWakeQueue } from '../machine/signals';
import { SkewedClock } from '../machine/skewed-clock';
import { Actor, Stage } from '../machine/stage';
import { StagedTables } from '../machine/staged-tables';
import { WatchedConnector } from '../machine/watched-connector';
import { Random } from '../random';
import { openSite, type Site } from './site';
import { CALM, drawDelivery, drawFault, drawWeather, type Weather } from './weather';

export const PROJECT = 'ada/context';
export const BRANCHES = ['main', 'next'] as const;

const MINUTE = 60_000;

type Token = ReturnType<FakeGitLabInstance['givenToken']>;

/** One process that works: it processes woken orgs and sweeps, and is started again when it dies. */
export interface Worker {
  actor: Actor;
  site: Site;
  /** The present task; each process does one thing at a time. */
  task: string | null;
}

/** Switches one safeguard off from outside, to see whether the checks notice. */
export interface Sabotage {
  readonly site: (site: Site) => void;
  /** `instance` is the GitLab behind the port. */
  readonly gitlab: (gitlab: GitLab, instance: FakeGitLabInstance) => void;
}

/** Conditions of a history besides its seed. */
export interface Setting {
  readonly sabotage: Sabotage;
  /** The way in which Dot's changes reach the branch at first. */
  readonly publish: Publish;
}

/** One org, Dot's web process, some workers, and a GitLab; all on one true clock, none of them quite by it. */
export class World {
  readonly org = orgId('acme');
  readonly diary: string[] = [];
  /** Impossible events that were noticed during the history. */
  readonly failures: string[] = [];
  readonly clock = new ManualClock();
  readonly stage = new Stage();
  readonly tables = new StagedTables(this.stage);
  readonly post = new Post(this.clock);
  readonly wakeQueue = new PostedWakeQueue(this.post);
  readonly gitlab: FakeGitLabInstance;
  web: Site;
  workers: Worker[];
  /** The tokens that GitLab still accepts. */
  readonly tokens: Token[] = [];
  weather: Weather;
  /** The last request for a commit with each message, and so for each change. */
  readonly requests = new Map<string, CommitRequest>();
  /** The fencing number each process had last. */
  readonly fences = new Map<Actor, number>();
  readonly publish: Publish;
  /** The way in which each process publishes under the lease it had last. */
  readonly publishing = new Map<Actor, Publish | undefined>();
  /** Chance of the step that is under way. */
  random: Random;
  /** The last answers to runs that asked, and their number. */
  readonly answers = new Map<string, { readonly word: 'confirm' | 'keep'; readonly times: number }>();
  /** The process died before it announced a configuration: the next one to start catches up. */
  restartDue = false;
  /** The fencing number behind each call that got to GitLab; undefined behind those without a lease. */
  readonly reached: (number | undefined)[] = [];
  private readonly keys = new FakeKeySource();
  private readonly sabotage: Sabotage;
  private readonly skews: number[];
  private started = 0;

  private constructor(seed: number, { sabotage, publish }: Setting) {
    this.sabotage = sabotage;
    this.publish = publish;
    const random = new Random(seed);
    this.random = random;
    this.weather = drawWeather(random);
    const skew = () => random.int(-4, 4) * MINUTE;
    const rough = random.chance(0.5);
    this.skews = [0, 1, 2, 3].map(() => (rough ? skew() : 0));
    this.gitlab = new FakeGitLabInstance({
      clock: new SkewedClock(this.clock, rough ? skew() : 0),
      url: 'https://gitlab.com',
      settings: { protectDefaultBranch: false },
    });
    this.post.fate = () => drawDelivery(this.random, this.weather);
    this.post.lateMs = () => this.random.int(1, 20) * MINUTE;
    this.watchCalls();
  }

  /** Opens a world and starts its processes. */
  static async create(seed: number, setting: Setting): Promise<World> {
    const world = new World(seed, setting);
    world.web = await world.open(0);
    const numbers = [1, 2, 3].slice(0, world.random.int(1, 3));
    world.workers = await Promise.all(numbers.map(async (n) => ({ ...(await world.spawn(n)), task: null })));
    return world;
  }

  note(line: string): void {
    this.diary.push(line);
  }

  calm(): void {
    this.weather = CALM;
  }

  /** Replaces the process that died. */
  async restart(worker: Worker): Promise<void> {
    this.restartDue = false;
    const index = this.workers.indexOf(worker);
    Object.assign(worker, await this.spawn(index + 1));
    this.assign(worker, 'catch up', () => worker.site.engine.catchUp.execute(new AbortController().signal));
  }

  assign(worker: Worker, task: string, work: () => Promise<unknown>): void {
    worker.task = task;
    const { actor } = worker;
    const done = () => {
      if (worker.actor === actor) worker.task = null;
    };
    this.stage.as(actor, work).then(done, (error: unknown) => {
      done();
      this.failures.push(
        `${actor.name} failed to ${task}: ${String(error instanceof Error ? error.stack : error)}`,
      );
    });
  }

  /** The fencing number that the process had last in which the present code runs. */
  get fence(): number | undefined {
    const actor = this.stage.scene?.actor;
    return actor && this.fences.get(actor);
  }

  /** Returns true if the present code runs in a process that lost its lease to another. */
  get outdated(): boolean {
    const actor = this.stage.scene?.actor;
    const current = this.tables.table<{ fence: number }>('sync_leases').get(this.org)?.fence;
    return actor !== undefined && this.fence !== current;
  }

  private async spawn(n: number): Promise<Pick<Worker, 'actor' | 'site'>> {
    const actor = new Actor(`worker ${n}.${++this.started}`);
    const site = await this.open(n);
    const { states } = site.engine;
    const acquire = states.acquire.bind(states);
    states.acquire = async (...args) => {
      const held = await acquire(...args);
      if (held) this.fences.set(actor, held.lease.fence);
      if (held) this.publishing.set(actor, (await site.projects.target(this.org))?.publish);
      return held;
    };
    return { actor, site };
  }

  private async open(n: number): Promise<Site> {
    const { tables, keys, wakeQueue } = this;
    const site = await openSite({
      ...{ tables, keys, wakeQueue, databaseClock: this.clock },
      connector: new WatchedConnector(
        new FakeGitLabConnector(this.gitlab),
        (request) => this.requests.set(request.message, request),
        (gitlab) => this.sabotage.gitlab(gitlab, this.gitlab),
      ),
      events: new PostedEvents(
        this.post,
        (event) => this.lose(event),
        (error) => this.failures.push(`an event was handled badly: ${String(error)}`),
      ),
      clock: new SkewedClock(this.clock, this.skews[n]),
      random: () => this.random.int(1, 1000) / 1000,
    });
    this.sabotage.site(site);
    return site;
  }

  private lose({ name }: DomainEvent): void {
    if (/^(target|connection)\./.test(name)) this.restartDue = true;
  }

  private watchCalls(): void {
    const { calls } = this.gitlab;
    calls.before = async ({ operation }) => {
      const actor = this.stage.scene?.actor;
      const fate = actor && (await this.stage.point(actor, 'call', operation));
      if (fate?.kind === 'strike') fate.strike();
      this.reached.push(this.fence);
    };
    calls.between = async ({ operation }) => {
      const actor = this.stage.scene?.actor;
      if (actor) await this.stage.point(actor, 'window', operation);
    };
    calls.after = async ({ operation }) => {
      const actor = this.stage.scene?.actor;
      if (actor) await this.stage.point(actor, 'answer', operation);
    };
  }

  /** Draws the fault of the next call to GitLab. */
  strikeWith(operation: string): { kind: string; strike: () => void } {
    const fault = drawFault(this.random, operation);
    return { kind: fault.kind, strike: () => void this.gitlab.calls.faults.add({ fault, on: operation }) };
  }
}
