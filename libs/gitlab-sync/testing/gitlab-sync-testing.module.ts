import { randomBytes } from 'node:crypto';
import { Injectable, Module, type DynamicModule, type OnModuleInit } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { InMemoryContextStore } from '@app/context-store/testing';
import { InMemoryTables } from '@app/database/testing';
import { FakeGitLabConnector, FakeGitLabInstance, type SendDelivery } from '@app/fake-gitlab';
import { EventBus, ManualClock } from '@app/kernel';
import { ComposeMessages, DeliverMessages, DetectRecoveries } from '@app/notifications';
import { WakeQueue } from '@app/sync-engine/testing';
import type { GitLabSyncExtras } from '../src/extras';
import type { NotificationsOptions } from '../src/options';
import { GitLabSync } from '../src/gitlab-sync';
import { GitLabSyncModule } from '../src/gitlab-sync.module';
import { inMemoryParts } from './in-memory-parts';
import { ManualWakeQueue } from './manual-wake-queue';
import { replaceParts } from './replace-parts';

/** The settings of GitLab Sync in a test. */
export interface GitLabSyncTestingOptions extends Omit<GitLabSyncExtras, 'clock'> {
  /** `memory`, the default, or the URL of a PostgreSQL database for tests. */
  readonly database?: 'memory' | (string & {});
  readonly gitlab?: FakeGitLabInstance;
  readonly clock?: ManualClock;
  readonly notifications?: NotificationsOptions;
}

/** A module for the tests of a host, and what the tests move. */
export interface GitLabSyncTesting extends DynamicModule {
  readonly gitlab: FakeGitLabInstance;
  readonly clock: ManualClock;
  /** Runs all work that is due, until none is left. Time stands still: move it by `clock.advance`. */
  settle(): Promise<void>;
}

/** More passes than any test needs. */
const MOST_PASSES = 1_000;

/** Delivers the webhooks of the fake GitLab to the facade, as HTTP would. */
@Injectable()
class DeliverWebhooks implements OnModuleInit {
  constructor(
    private readonly sync: GitLabSync,
    private readonly gitlab: FakeGitLabInstance,
  ) {}

  onModuleInit(): void {
    this.gitlab.deliveries.sendWith(this.deliver);
  }

  private readonly deliver: SendDelivery = async ({ url, headers, body }) => {
    const names = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
    const endpointId = url.split('/').at(-1)!;
    const status = await this.sync.webhook
      .receive(endpointId, Object.fromEntries(names), Buffer.from(body))
      .then(() => 200)
      .catch(() => 401);
    return { status, body: '', headers: {}, seconds: 0 };
  };
}

type Step = () => Promise<void>;

/** Does what the schedule of notifications does, when the test says so. */
@Injectable()
class Notify implements OnModuleInit {
  constructor(
    private readonly modules: ModuleRef,
    private readonly steps: Step[],
  ) {}

  onModuleInit(): void {
    for (const job of [DetectRecoveries, ComposeMessages, DeliverMessages])
      this.steps.push(() => this.modules.get<{ execute(): Promise<void> }>(job, { strict: false }).execute());
  }
}

/**
 * Takes the place of `GitLabSyncModule` in the tests of a host: the same module beside a fake GitLab, on a clock that
 * the test moves, and by default without PostgreSQL.
 */
@Module({})
export class GitLabSyncTestingModule {
  static forRoot(options: GitLabSyncTestingOptions = {}): GitLabSyncTesting {
    const { database = 'memory', clock = new ManualClock(), ...extras } = options;
    const { gitlab = new FakeGitLabInstance({ clock, url: 'https://gitlab.com' }), ...more } = extras;
    const tables = new InMemoryTables();
    const queue = new ManualWakeQueue(clock);
    const bus = new EventBus((error) => {
      throw error;
    });
    const memory = database === 'memory';
    const parts = memory ? inMemoryParts(tables, clock, queue) : { providers: [] };
    const store = { provide: InMemoryContextStore, useValue: new InMemoryContextStore(tables) };
    const module = GitLabSyncModule.forRoot({
      database: { url: memory ? 'postgres://none' : database },
      publicUrl: 'https://dot.example.com',
      keys: `test:${randomBytes(32).toString('base64')}`,
      gitlab: { connector: new FakeGitLabConnector(gitlab) },
      ...(memory && { contextStore: store }),
      ...more,
      clock: { provide: ManualClock, useValue: clock },
    });
    const steps = [
      { provide: EventBus, useValue: bus },
      { provide: WakeQueue, useValue: queue },
    ];
    const notify: Step[] = [];
    const sync = replaceParts(module, { ...parts, providers: [...parts.providers, ...steps] });
    return {
      module: GitLabSyncTestingModule,
      imports: [sync],
      providers: [
        DeliverWebhooks,
        { provide: FakeGitLabInstance, useValue: gitlab },
        { provide: Notify, inject: [ModuleRef], useFactory: (ref: ModuleRef) => new Notify(ref, notify) },
      ],
      exports: [sync],
      ...{ gitlab, clock },
      settle: async () => {
        await settle(bus, gitlab, queue);
        for (const step of notify) await step();
      },
    };
  }
}

async function settle(bus: EventBus, gitlab: FakeGitLabInstance, queue: ManualWakeQueue): Promise<void> {
  for (let pass = 0; pass < MOST_PASSES; pass++) {
    await bus.settled();
    await gitlab.deliveries.settled();
    if (!(await queue.runNext())) return;
  }
  throw new Error(`The sync does not come to rest in ${MOST_PASSES} passes.`);
}
