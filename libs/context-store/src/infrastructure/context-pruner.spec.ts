import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { inMemoryInspection } from '@app/inspection/testing';
import { blobOf, daysBefore, ManualClock, orgId, type OrgId } from '@app/kernel';
import { openDatabase, type OpenDatabase } from '../../../../test/support/database';
import { ContextStoreService } from '../application/context-store.service';
import { ContextStoreSettings } from '../application/context-store.settings';
import { EditFiles } from '../application/edit-files';
import { InspectFiles } from '../application/inspect-files';
import { ReadFiles } from '../application/read-files';
import { RestoreFiles } from '../application/restore-files';
import { SettledHistory } from '../application/settled-history.port';
import type { Edit, NewChange } from '../domain/change';
import { ContextPruner } from './context-pruner';
import { VERSIONS_KEPT } from './prunable-versions.sql';
import { contextStoreRows } from './context-store.rows';
import { TypeOrmContextStore } from './typeorm-context-store';

const PATH = 'notes/a.md';
const ADA = { name: 'Ada', email: 'ada@example.com' };
const BY = { author: ADA, origin: 'user' } as const;
const clock = new ManualClock();
const DAYS = 365;
const OLD = daysBefore(clock.now(), DAYS + 1);
const YOUNG = daysBefore(clock.now(), DAYS - 1);

const put = (path: string, text: string): Edit => ({ op: 'put', path, content: Buffer.from(text) });
const keep: Edit = { op: 'keep', path: PATH, content: Buffer.from('loser'), author: ADA, at: OLD };

class Settled extends SettledHistory {
  to: number | null = Number.MAX_SAFE_INTEGER;
  used: string[] = [];

  async supersededUpTo(): Promise<number | null> {
    return this.to;
  }

  async inUse(): Promise<ReadonlySet<string>> {
    return new Set(this.used);
  }
}

describe('pruning the history of the store', () => {
  let database: OpenDatabase;
  let store: TypeOrmContextStore;
  let settled: Settled;
  let pruner: ContextPruner;
  let org: OrgId;

  beforeAll(async () => {
    database = await openDatabase(contextStoreRows);
    store = new TypeOrmContextStore(database.db);
  });
  afterAll(() => database.close());
  beforeEach(() => {
    org = orgId(`org-${randomUUID()}`);
    settled = new Settled();
    pruner = new ContextPruner(database.db, settled, clock, DAYS);
  });

  /** Commits a change from GitLab long ago, unless `more` says otherwise. */
  const given = (edits: readonly Edit[], more: Partial<NewChange> = {}) =>
    store.commit(org, {
      ...{ id: randomUUID(), author: ADA, message: 'm', origin: 'gitlab', at: OLD, commit: 'c0ffee', edits },
      ...more,
    });
  /** Prunes the org in one whole round. */
  const prune = async (of: OrgId, by = pruner) => {
    let all = 0;
    for (let from: string | null = null; ;) {
      const { pruned, next } = await by.prune(of, from);
      all += pruned;
      if (next === null) return all;
      from = next;
    }
  };
  const madeInDot = { origin: 'user', commit: undefined } as const;
  const givenNewer = async (count: number, more: Partial<NewChange> = {}) => {
    for (let i = 0; i < count; i++) await given([put(PATH, `newer ${i}`)], more);
  };
  const texts = async () => {
    const { items } = await store.history(org, { path: PATH, limit: 200 });
    const contents = await store.contents(
      org,
      items.flatMap(({ blob }) => blob ?? []),
    );
    return items.map(({ blob }) => (blob === null ? null : contents.get(blob)?.toString()));
  };
  const isStored = async (text: string) => {
    const blob = blobOf(Buffer.from(text));
    return (await store.contents(org, [blob])).has(blob);
  };
  const files = (of: TypeOrmContextStore = store) => {
    const settings = new ContextStoreSettings();
    const scope = { scopeOf: async () => ({ contains: () => true }) as never };
    const edits = new EditFiles(
      of,
      scope,
      clock,
      settings,
      database.transactions,
      new InspectFiles(inMemoryInspection()),
    );
    return new ContextStoreService(
      of,
      new ReadFiles(of, settings),
      edits,
      new RestoreFiles(of, edits),
      settings,
    );
  };

  const twoPaths = [put(PATH, 'a'), put('notes/b.md', 'b')];

  interface Case {
    readonly edits?: readonly Edit[];
    readonly change?: Partial<NewChange>;
    /** Paths that the change's commit carries; `unknown`: an older release did not record them. */
    readonly sent?: readonly string[] | 'unknown';
    readonly newer?: number;
    readonly supersededUpTo?: number | null;
    readonly inUse?: boolean;
  }

  const decideRetry = async ({ edits = [put(PATH, 'first')], change, sent, newer, ...rest }: Case) => {
    const { id, versions } = await given(edits, change);
    if (sent === 'unknown')
      await database.db
        .forOrg(org)
        .query(`UPDATE context_changes SET commit = 'badcafe' WHERE id = $1`, [id]);
    else if (sent) await store.noteCommit(org, id, 'badcafe', sent);
    await givenNewer(newer ?? VERSIONS_KEPT);
    if (rest.supersededUpTo !== undefined) settled.to = rest.supersededUpTo;
    if (rest.inUse) settled.used = [versions[0].id];
    await prune(org);
    return (await store.version(org, versions[0].id)) ? 'stays' : 'goes';
  };

  it.each<[string, Case]>([
    ['came from GitLab', {}],
    ['went out in a commit', { change: madeInDot, sent: [PATH] }],
    [
      'went out beside a loser that was kept',
      { edits: [put(PATH, 'b'), keep], change: madeInDot, sent: [PATH] },
    ],
    ['went out while another path was held back', { edits: twoPaths, change: madeInDot, sent: [PATH] }],
    ['went out in a commit of its own, as noted before', { change: madeInDot, sent: 'unknown' }],
    [
      'went out beside a loser, as noted before',
      { edits: [put(PATH, 'b'), keep], change: madeInDot, sent: 'unknown' },
    ],
    ['is the last that is settled', { supersededUpTo: 1 }],
  ])('takes away an old version that %s', async (_, version) => {
    expect(await decideRetry(version)).toBe('goes');
  });

  it.each<[string, Case]>([
    ['is younger', { change: { at: YOUNG } }],
    ['is among the newest of its path', { newer: VERSIONS_KEPT - 1 }],
    ['never became a commit', { change: madeInDot }],
    [
      'was held back while another path was sent',
      { edits: twoPaths, change: madeInDot, sent: ['notes/b.md'] },
    ],
    [
      'may have been held back while another path was sent',
      { edits: twoPaths, change: madeInDot, sent: 'unknown' },
    ],
    [
      'was replaced within its own change',
      { edits: [put(PATH, 'a'), put(PATH, 'b')], change: madeInDot, sent: [PATH], newer: VERSIONS_KEPT - 1 },
    ],
    [
      'was replaced within its own change, as noted before',
      {
        edits: [put(PATH, 'a'), put(PATH, 'b')],
        change: madeInDot,
        sent: 'unknown',
        newer: VERSIONS_KEPT - 1,
      },
    ],
    ['lost a conflict', { edits: [keep] }],
    ['is not settled', { supersededUpTo: 0 }],
    ['is of an org that is not connected', { supersededUpTo: null }],
    ['something refers to', { inUse: true }],
  ])('keeps an old version that %s', async (_, version) => {
    expect(await decideRetry({ ...version })).toBe('stays');
  });

  it('counts what the files take, which a process of the release before quotas did not', async () => {
    await given([put(PATH, 'four'), put('notes/b.md', 'two')]);
    await database.db
      .forOrg(org)
      .query(`UPDATE context_heads SET bytes = 1, files = 0 WHERE org = $1`, [org]);
    await prune(org);
    expect(await store.usage(org)).toEqual({ bytes: 7, files: 2 });
  });

  it('takes away deletions, too, and keeps the newest texts of a file that is gone', async () => {
    await given([put(PATH, 'first')]);
    const { versions } = await given([{ op: 'delete', path: PATH }], madeInDot);
    await givenNewer(VERSIONS_KEPT);
    await given([{ op: 'delete', path: PATH }]);
    await prune(org);
    expect(await store.version(org, versions[0].id)).toBeNull();
    const left = await texts();
    expect(left).toHaveLength(VERSIONS_KEPT);
    expect(left.slice(0, 2)).toEqual([null, `newer ${VERSIONS_KEPT - 1}`]);
    const [, newest] = (await store.history(org, { path: PATH })).items;
    await files().restore(org, PATH, newest.id, BY);
    expect((await files().read(org, PATH)).content.toString()).toBe(`newer ${VERSIONS_KEPT - 1}`);
  });

  it('takes the change and the text along with their last version, and nothing of another org', async () => {
    const mine = org;
    const { revision } = await given([put(PATH, 'first')]);
    await givenNewer(VERSIONS_KEPT);
    org = orgId(`org-${randomUUID()}`);
    await given([put(PATH, 'first')]);
    await prune(mine);
    expect(await isStored('first')).toBe(true);
    org = mine;
    expect(await isStored('first')).toBe(false);
    expect((await store.changesAfter(org, revision - 1, 1))[0].revision).toBe(revision + 1);
    expect(await store.changesOfRun(org, 'none')).toEqual([]);
  });

  it('keeps a text that another version still has, and a change with a version left', async () => {
    const { id } = await given([put(PATH, 'shared'), put('notes/b.md', 'shared')]);
    await given([put('notes/b.md', 'later')]);
    await givenNewer(VERSIONS_KEPT);
    expect(await prune(org)).toBe(1);
    expect(await isStored('shared')).toBe(true);
    expect((await store.changesAfter(org, 0, 1))[0]).toMatchObject({
      id,
      versions: [{ path: 'notes/b.md' }],
    });
  });

  it('keeps the only text of a commit that was held back, and takes the others', async () => {
    const paths = ['notes/b.md', 'notes/c.md', 'notes/d.md'];
    const edits = paths.map((path) => put(path, `first ${path}`));
    const { id } = await given([...edits, put('notes/b.md', 'second')], madeInDot);
    await store.noteCommit(org, id, 'badcafe', ['notes/b.md', 'notes/d.md']);
    for (let i = 0; i < VERSIONS_KEPT; i++) await given(paths.map((path) => put(path, `newer ${i}`)));
    expect(await prune(org)).toBe(2);
    const [{ versions }] = await store.changesAfter(org, 0, 1);
    expect(versions).toMatchObject([
      { path: 'notes/b.md', blob: blobOf(Buffer.from('first notes/b.md')) },
      { path: 'notes/c.md', blob: blobOf(Buffer.from('first notes/c.md')) },
    ]);
    const stored = ['first notes/b.md', 'second', 'first notes/c.md', 'first notes/d.md'].map(isStored);
    expect(await Promise.all(stored)).toEqual([true, false, true, false]);
  });

  it('prunes a moved file, at any path that the commit has', async () => {
    await given([put('notes/old.md', 'moved')]);
    const { id } = await given([{ op: 'move', from: 'notes/old.md', path: PATH }], madeInDot);
    await store.noteCommit(org, id, 'badcafe', ['notes/old.md', PATH]);
    await givenNewer(VERSIONS_KEPT);
    expect(await prune(org)).toBe(1);
    expect(await isStored('moved')).toBe(true); // the newest text of the old path
    expect((await store.history(org, { path: 'notes/old.md' })).items.map(({ op }) => op)).toEqual([
      'delete',
      'put',
    ]);
  });

  it('keeps a moved file if only its new path was held back', async () => {
    await given([put('notes/old.md', 'before')]);
    const move = { op: 'move', from: 'notes/old.md', path: PATH, content: Buffer.from('after') } as const;
    const { id } = await given([move], madeInDot);
    await store.noteCommit(org, id, 'badcafe', ['notes/old.md']);
    await givenNewer(VERSIONS_KEPT);
    expect(await prune(org)).toBe(0);
    expect(await isStored('after')).toBe(true);
  });

  it('takes no version that a file stands on, whatever its rank', async () => {
    const { versions } = await given([put(PATH, 'first')]);
    await givenNewer(VERSIONS_KEPT + 1);
    const [{ id, blob }] = versions;
    await database.db.forOrg(org).query(`UPDATE context_files SET version = $1, blob = $2`, [id, blob]);
    expect(await prune(org)).toBe(1);
    expect((await files().read(org, PATH)).content.toString()).toBe('first');
  });

  it('prunes the same in several small visits as in one large visit', async () => {
    const counts = [1, 9, 10, 11, 30, 3, 12];
    for (let i = 0; i < Math.max(...counts); i++) {
      const due = counts.flatMap((count, file) =>
        i < count ? [put(`notes/${file}.md`, `${file} ${i}`)] : [],
      );
      await given([...due, keep]);
    }
    const small = new ContextPruner(database.db, settled, clock, DAYS, VERSIONS_KEPT + 3);
    let [visits, from] = [0, null as string | null];
    const pruned: number[] = [];
    do {
      const visit = await small.prune(org, from);
      pruned.push(visit.pruned);
      from = visit.next;
      visits++;
    } while (from !== null);
    expect(Math.max(...pruned)).toBe(3);
    expect(visits).toBe(23); // each visit decides on three of the 76; the last one on the remaining ten
    expect(pruned.reduce((sum, each) => sum + each, 0)).toBe(1 + 20 + 2);
    expect(await prune(org)).toBe(0);
    const left = counts.map(async (_, file) => {
      const { items } = await store.history(org, { path: `notes/${file}.md`, limit: 200 });
      return items.length;
    });
    expect(await Promise.all(left)).toEqual(counts.map((count) => Math.min(count, VERSIONS_KEPT)));
  });

  it('continues if the lists of history were cut', async () => {
    await givenNewer(VERSIONS_KEPT + 5);
    const page = await store.history(org, { path: PATH, limit: VERSIONS_KEPT - 1 });
    expect(await prune(org)).toBe(5);
    const rest = await store.history(org, { path: PATH, cursor: page.nextCursor });
    expect(rest.items).toHaveLength(1);
    expect(rest.nextCursor).toBeNull();
    expect(await store.countMadeInDotAfter(org, 0)).toBe(0);
    expect(await prune(org)).toBe(0);
  });

  it('prunes each version once if two processes do it', async () => {
    await givenNewer(VERSIONS_KEPT + 7);
    const other = new ContextPruner(database.db, settled, clock, DAYS);
    const slow = new Settled();
    let meanwhile = 0;
    slow.inUse = async () => {
      meanwhile = await prune(org, other);
      return new Set();
    };
    expect(await prune(org, new ContextPruner(database.db, slow, clock, DAYS))).toBe(0);
    expect(meanwhile).toBe(7);
    await Promise.all([prune(org), prune(org, other)]);
    expect(await texts()).toHaveLength(VERSIONS_KEPT);
  });

  it('finds the orgs in turn', async () => {
    await given([put(PATH, 'first')]);
    const all = await pruner.orgsAfter(null, 1_000);
    expect(all).toContain(org);
    expect(await pruner.orgsAfter(all[0], 1)).toEqual(all.slice(1, 2));
    expect(await pruner.orgsAfter(all.at(-1)!, 1)).toEqual([]);
  });

  describe('while a commit writes the very text that would go', () => {
    const settle = () => {
      let resolve = (): void => undefined;
      const promise = new Promise<void>((done) => (resolve = done));
      return { promise, resolve };
    };
    /** Resolves when some connection waits for a lock. */
    const waiting = async () => {
      const owner = new Client(database.ownerUrl);
      await owner.connect();
      const someWait = `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
      while (!(await owner.query(someWait)).rowCount);
      await owner.end();
    };
    const again = () => given([put('notes/b.md', 'first')], { ...madeInDot, at: clock.now() });
    const read = async () => (await files().read(org, 'notes/b.md')).content.toString();

    beforeEach(async () => {
      await given([put(PATH, 'first')]);
      await givenNewer(VERSIONS_KEPT);
    });

    it('sees it if the commit came first', async () => {
      const [written, held] = [settle(), settle()];
      const committing = database.transactions.run(async () => {
        await again();
        written.resolve();
        await held.promise;
      });
      await written.promise;
      const pruning = prune(org);
      await Promise.race([pruning, waiting()]);
      held.resolve();
      await Promise.all([committing, pruning]);
      expect(await read()).toBe('first');
      expect(await texts()).toHaveLength(VERSIONS_KEPT);
    });

    it('sees it if the commit came between the query and the lock', async () => {
      settled.inUse = async () => {
        await again();
        return new Set();
      };
      expect(await prune(org)).toBe(1);
      expect(await read()).toBe('first');
      expect(await isStored('first')).toBe(true);
    });

    it('makes it store the text again if pruning came first', async () => {
      const [gone, held] = [settle(), settle()];
      const pruning = database.transactions.run(async () => {
        await prune(org);
        gone.resolve();
        await held.promise;
      });
      await gone.promise;
      const committing = again();
      await Promise.race([committing, waiting()]);
      held.resolve();
      await Promise.all([committing, pruning]);
      expect(await read()).toBe('first');
    });
  });

  describe('the error for a pruned version', () => {
    it('is that there is no such version', async () => {
      const { versions } = await given([put(PATH, 'first')]);
      await givenNewer(VERSIONS_KEPT);
      await prune(org);
      const [{ id }] = versions;
      await expect(files().version(org, id)).rejects.toMatchObject({ code: 'not_found' });
      await expect(files().restore(org, PATH, id, BY)).rejects.toMatchObject({ code: 'not_found' });
    });

    it.each([
      ['read', (service: ContextStoreService, id: string) => service.version(org, id)],
      ['restored', (service: ContextStoreService, id: string) => service.restore(org, PATH, id, BY)],
    ])('is the same if a version is pruned while it is %s', async (_, use) => {
      const { versions } = await given([put(PATH, 'first')]);
      await givenNewer(VERSIONS_KEPT);
      const reader = new TypeOrmContextStore(database.db);
      reader.contents = async (...asked) => {
        await prune(org);
        return store.contents(...asked);
      };
      await expect(use(files(reader), versions[0].id)).rejects.toMatchObject({ code: 'not_found' });
    });

    it.each<[string, readonly Edit[]]>([
      ['all of it', []],
      ['a part of it', [put('notes/b.md', 'b')]],
    ])('prevents the undoing of a run if %s is gone', async (_, more) => {
      await given([put(PATH, 'first'), ...more], { runId: 'r1' });
      await givenNewer(VERSIONS_KEPT);
      await prune(org);
      await expect(files().undo(org, 'r1', BY)).rejects.toMatchObject({
        code: 'not_found',
        message: expect.stringMatching(/no longer kept|is kept here/),
      });
      expect(await files().list(org, {})).toMatchObject({ items: { length: 1 + more.length } });
    });

    it('is that a run of several changes cannot be undone if one of them is gone', async () => {
      await given([put(PATH, 'first')], { runId: 'r1' });
      await given([put('notes/b.md', 'b')], { runId: 'r1' });
      await givenNewer(VERSIONS_KEPT);
      await prune(org);
      await expect(files().undo(org, 'r1', BY)).rejects.toMatchObject({ name: 'NoLongerKept' });
    });

    it('is the same if the whole run is pruned while it is undone', async () => {
      await given([put(PATH, 'first')], { runId: 'r1' });
      await givenNewer(VERSIONS_KEPT);
      const reader = new TypeOrmContextStore(database.db);
      reader.versionBefore = async (...asked) => {
        await prune(org);
        return store.versionBefore(...asked);
      };
      await expect(files(reader).undo(org, 'r1', BY)).rejects.toMatchObject({ name: 'NoLongerKept' });
    });

    describe('if only the text before the run is gone', () => {
      beforeEach(async () => {
        await given([put(PATH, 'oldest')], madeInDot); // not in Git: it is kept, and is not the state before the run
        await given([put(PATH, 'before')]);
        await given([put(PATH, 'now')], { runId: 'r1', at: YOUNG });
        await givenNewer(VERSIONS_KEPT - 2);
        await given([put(PATH, 'now')]);
      });

      it('brings it back as long as it is kept', async () => {
        await files().undo(org, 'r1', BY);
        expect((await files().read(org, PATH)).content.toString()).toBe('before');
      });

      it('is that the run cannot be undone', async () => {
        expect(await prune(org)).toBe(1);
        expect((await texts()).at(-1)).toBe('oldest');
        await expect(files().undo(org, 'r1', BY)).rejects.toMatchObject({ name: 'NoLongerKept' });
        expect((await files().read(org, PATH)).content.toString()).toBe('now');
      });

      it('is the same if it is pruned while the run is undone', async () => {
        const reader = new TypeOrmContextStore(database.db);
        reader.versionBefore = async (...asked) => {
          await prune(org);
          return store.versionBefore(...asked);
        };
        await expect(files(reader).undo(org, 'r1', BY)).rejects.toMatchObject({ name: 'NoLongerKept' });
      });
    });
  });
});
