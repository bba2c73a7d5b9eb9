import { randomUUID } from 'node:crypto';
import { FakeAct } from '@app/audit/testing';
import { FakeKeySource, inMemoryCredentials } from '@app/credentials/testing';
import { inMemoryContextFiles } from '@app/context-store/testing';
import type { Edit, NewChange } from '@app/context-store';
import { InMemoryTables, InMemoryTransactions } from '@app/database/testing';
import {
  FakeGitLabConnector,
  FakeGitLabInstance,
  type FileSpec,
  type TeammateCommit,
} from '@app/fake-gitlab';
import { inMemoryInspection, InMemoryInspections, checkOf } from '@app/inspection/testing';
import { blobOf, EventBus, ManualClock, orgId, Secret, type Author } from '@app/kernel';
import { inMemoryProjectConfig } from '@app/project-config/testing';
import {
  inMemorySyncEngine,
  type InMemorySyncEngine,
  type SyncEngineSettings,
} from '@app/sync-engine/testing';
import { ManualWakeQueue } from './manual-wake-queue';

export const ADA: Author = { name: 'Ada', email: 'ada@example.com' };
const PROJECT = 'ada/context';
const BRANCH = 'main';
/** More turns than any scenario needs: beyond it the sync does not come to rest. */
const MOST_TURNS = 200;

type Files = Readonly<Record<string, string | Buffer | null>>;

/** One org, one worker, a fake GitLab; in memory, on a clock that the test moves. */
export class SyncWorld {
  readonly org = orgId('acme');
  readonly clock = new ManualClock();
  readonly gitlab = new FakeGitLabInstance({ clock: this.clock, url: 'https://gitlab.com' });
  readonly tables = new InMemoryTables();
  readonly transactions = new InMemoryTransactions(this.tables);
  readonly events = new EventBus((error) => {
    throw error;
  });
  readonly inspections = new InMemoryInspections(new InMemoryTables(), this.clock);
  readonly inspection = inMemoryInspection(this.clock, this.inspections);
  readonly wakeQueue = new ManualWakeQueue();
  readonly keys = new FakeKeySource();
  readonly credentials = inMemoryCredentials({
    keys: this.keys,
    tables: this.tables,
    transactions: this.transactions,
    connector: new FakeGitLabConnector(this.gitlab),
    events: this.events,
    clock: this.clock,
  });
  readonly projects = inMemoryProjectConfig({
    tables: this.tables,
    transactions: this.transactions,
    credentials: this.credentials,
    events: this.events,
    clock: this.clock,
  });
  private readonly context = inMemoryContextFiles({
    ...{ tables: this.tables, transactions: this.transactions, scope: this.projects },
    ...{ events: this.events, clock: this.clock },
  });
  readonly store = this.context.store;
  readonly files = this.context.files;
  /** The one the org is connected with. */
  token: ReturnType<FakeGitLabInstance['givenToken']>;
  engine: InMemorySyncEngine;

  /** Connected and configured, before the first sync. */
  static async configured(
    given: {
      gitlab?: Readonly<Record<string, FileSpec>>;
      dot?: Files;
      onConflict?: 'newest' | 'dot' | 'gitlab';
      settings?: Partial<SyncEngineSettings>;
    } = {},
  ): Promise<SyncWorld> {
    const world = new SyncWorld();
    world.engine = await inMemorySyncEngine({ ...world, settings: { random: () => 0.5, ...given.settings } });
    world.engine.react.onModuleInit();
    world.gitlab.givenProject(PROJECT, given.gitlab && { files: given.gitlab });
    world.clock.advance(60_000);
    if (given.dot) await world.edit(given.dot);
    world.token = world.gitlab.givenToken('ada');
    const token = new Secret(world.token.value);
    await world.credentials.connect({ org: world.org, token }, new FakeAct());
    const { id } = world.gitlab.project(PROJECT);
    const { onConflict } = given;
    await world.projects.configure(
      {
        org: world.org,
        projectId: id,
        branch: BRANCH,
        onConflict,
      },
      new FakeAct(),
    );
    await world.projects.update({ org: world.org, autoSync: true }, new FakeAct());
    await world.events.settled();
    return world;
  }

  /** Equal on both sides after the first sync. */
  static async synced(
    files: Files = { 'notes/a.md': 'a' },
    settings?: Partial<SyncEngineSettings>,
  ): Promise<SyncWorld> {
    const world = await SyncWorld.configured({ gitlab: files, settings });
    await world.sync();
    world.gitlab.calls.reset();
    return world;
  }

  /** One change made in Dot: text by path, null deletes. A minute passes before it. */
  edit(files: Files, more: Partial<NewChange> = {}): Promise<void> {
    const edits = Object.entries(files).map(([path, content]): Edit =>
      content === null ? { op: 'delete', path } : { op: 'put', path, content: Buffer.from(content) },
    );
    return this.change(edits, more);
  }

  async change(edits: readonly Edit[], more: Partial<NewChange> = {}): Promise<void> {
    this.clock.advance(60_000);
    const change: NewChange = {
      id: randomUUID(),
      author: ADA,
      message: 'Edit',
      origin: 'user',
      at: this.clock.now(),
      edits,
      ...more,
    };
    await this.store.commit(this.org, change);
    await this.events.settled();
  }

  /** A teammate's git push, reported by webhook. A minute passes before it. */
  async push(files: Readonly<Record<string, FileSpec>>, more: Partial<TeammateCommit> = {}): Promise<string> {
    this.clock.advance(60_000);
    const head = this.gitlab.git.push(PROJECT, BRANCH, {
      files,
      author: { name: 'Grace', email: 'grace@example.com' },
      ...more,
    });
    await this.hear();
    return head;
  }

  /** Processes ended, so often, while they inspected the text. */
  async endedOver(path: string, text: string, times: number): Promise<void> {
    const id = { kind: checkOf(path), blob: blobOf(Buffer.from(text)) };
    for (let n = 0; n < times; n++) await this.inspections.begin(this.org, [id]);
  }

  /** The webhook arrives. */
  async hear(): Promise<void> {
    await this.engine.request.execute(this.org, 'pull', 'webhook');
  }

  /** Processes wake-ups until none is left. */
  async sync(): Promise<void> {
    if (!(await this.takeTurns(MOST_TURNS))) throw new Error('the sync does not come to rest');
  }

  /** Processes so many wake-ups at most, each when it is due. Returns true if none is left. */
  async takeTurns(most: number): Promise<boolean> {
    for (let turn = 0; turn < most; turn++) {
      await this.events.settled();
      if (!this.wakeQueue.waiting.delete(this.org)) return true;
      const again = await this.engine.processOrg.execute(this.org);
      if (again === null) continue;
      if (turn + 1 < most) this.clock.advance(again);
      this.wakeQueue.wake(this.org);
    }
    return false;
  }

  async dot(): Promise<Record<string, string>> {
    const { files } = await this.store.snapshot(this.org);
    const contents = await this.store.contents(
      this.org,
      [...files.values()].map(({ blob }) => blob),
    );
    return Object.fromEntries(
      [...files]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([path, { blob }]) => [path, contents.get(blob)!.toString()]),
    );
  }

  onGitLab(): Record<string, string> {
    const paths = [...this.gitlab.git.tree(PROJECT, BRANCH).keys()].sort();
    return Object.fromEntries(
      paths.map((path) => [path, this.gitlab.git.read(PROJECT, BRANCH, path)!.toString()]),
    );
  }

  /** Newest first. */
  log() {
    return this.gitlab.git.log(PROJECT, BRANCH);
  }

  get project() {
    return this.gitlab.project(PROJECT);
  }

  async lastRun(kind?: string) {
    const { items } = await this.engine.runs.list(this.org, { limit: 100 });
    return items.find((run) => !kind || run.kind === kind)!;
  }

  state() {
    return this.engine.states.load(this.org);
  }

  async conflicts() {
    return (await this.engine.findings.conflicts(this.org, {})).items;
  }

  quarantined() {
    return this.engine.findings.quarantined(this.org);
  }

  calls(): number {
    return this.gitlab.calls.all.length;
  }
}
