import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { blobOf, orgId, type OrgId } from '@app/kernel';
import { openDatabase, type OpenDatabase } from '../../../../test/support/database';
import { contextStoreRows } from './context-store.rows';
import { StagedTextPruner } from './staged-text-pruner';
import { TypeOrmContextStore } from './typeorm-context-store';

const ADA = { name: 'Ada', email: 'ada@example.com' };
const VISIT = 3;

describe('pruning texts that were stored ahead', () => {
  let database: OpenDatabase;
  let store: TypeOrmContextStore;
  let pruner: StagedTextPruner;
  let owner: Client;
  let org: OrgId;

  beforeAll(async () => {
    database = await openDatabase(contextStoreRows);
    store = new TypeOrmContextStore(database.db);
    pruner = new StagedTextPruner(database.db, VISIT);
    owner = new Client(database.ownerUrl);
    await owner.connect();
  });
  afterAll(async () => {
    await owner.end();
    await database.close();
  });
  beforeEach(() => {
    org = orgId(`org-${randomUUID()}`);
  });

  const bytesOf = (text: string) => Buffer.from(text);
  const stage = (...texts: string[]) => store.stage(org, texts.map(bytesOf));
  const there = async (...texts: string[]) => {
    const contents = await store.contents(
      org,
      texts.map((text) => blobOf(bytesOf(text))),
    );
    return [...contents.values()].map(String).sort();
  };
  const commit = (texts: readonly string[]) =>
    store.commit(org, {
      ...{ id: randomUUID(), author: ADA, message: 'Pull', origin: 'gitlab', at: new Date() },
      edits: texts.map((text, number) => ({ op: 'put', path: `notes/${number}.md`, content: bytesOf(text) })),
    });
  const daysPass = (days: number) =>
    owner.query(`UPDATE context_heads SET staged_at = staged_at - $2 * interval '1 day' WHERE org = $1`, [
      org,
      days,
    ]);
  const due = async () => (await pruner.orgsAfter(null, 1_000)).includes(org);
  const prune = async () => {
    let [next, pruned]: [string | null, number] = [null, 0];
    do {
      const step = await pruner.prune(org, next);
      next = step.next;
      pruned += step.pruned;
    } while (next !== null);
    return pruned;
  };

  it('removes those without a change, over several visits, and then leaves the org', async () => {
    await stage('a', 'b', 'c', 'd', 'e');
    await commit(['b']);
    await daysPass(2);
    expect(await due()).toBe(true);
    expect(await prune()).toBe(4);
    expect(await there('a', 'b', 'c', 'd', 'e')).toEqual(['b']);
    expect(await due()).toBe(false);
  });

  it('leaves a pull a day to commit them', async () => {
    await stage('a');
    expect(await due()).toBe(false);
    await daysPass(2);
    await stage('b');
    expect(await due()).toBe(false);
  });

  it('comes again for texts that were stored while it looked', async () => {
    await stage('a', 'b', 'c');
    await daysPass(2);
    const { next } = await pruner.prune(org, null);
    await stage('d');
    await pruner.prune(org, next);
    await daysPass(2);
    expect(await due()).toBe(true);
  });

  it('takes no text from a change that is committed after it', async () => {
    const texts = Array.from({ length: 150 }, (_, number) => `text ${number}`);
    await stage(...texts);
    await daysPass(2);
    await prune();
    expect(await there(...texts)).toEqual([]);
    await stage(...texts.slice(0, 70));
    await commit(texts);
    expect(await there(...texts)).toEqual([...texts].sort());
  });
});
