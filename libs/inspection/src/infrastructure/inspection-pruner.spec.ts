import { randomUUID } from 'node:crypto';
import { blobOf, daysBefore, ManualClock, orgId, type OrgId } from '@app/kernel';
import { openDatabase, type OpenDatabase } from '../../../../test/support/database';
import { RULES_VERSION } from '../rules/rules-version';
import { InspectionPruner } from './inspection-pruner';
import { InspectionRow } from './inspection.rows';
import { TypeOrmInspections } from './typeorm-inspections';

const now = new ManualClock();
const longAgo = new ManualClock(daysBefore(now.now(), 31));
const text = (content: string) => ({ kind: 'yaml' as const, blob: blobOf(Buffer.from(content)) });
const FINE = { problem: null, findings: [] };

describe('pruning inspections', () => {
  let database: OpenDatabase;
  let org: OrgId;
  beforeAll(async () => {
    database = await openDatabase([InspectionRow]);
  });
  afterAll(() => database.close());
  beforeEach(() => {
    org = orgId(`org-${randomUUID()}`);
  });

  const given = (clock: ManualClock, rules = RULES_VERSION) =>
    new TypeOrmInspections(database.db, clock, rules);
  const record = (content: string, clock: ManualClock, rules = RULES_VERSION) =>
    given(clock, rules).record(org, [{ ...text(content), inspection: FINE }]);
  const left = async () => (await given(now).known(org, ['a', 'b'].map(text))).map(({ blob }) => blob);
  const inUse = (content: string) =>
    database.db
      .forOrg(org)
      .query(`INSERT INTO context_blobs (org, blob, bytes) VALUES ($1, $2, '')`, [org, text(content).blob]);
  const pruner = (ownStore = true) => new InspectionPruner(database.db, now, ownStore);

  it('takes results of texts that are gone, after a while', async () => {
    await record('a', longAgo);
    await record('b', now);
    expect(await pruner().prune(org)).toEqual({ pruned: 1, next: null });
    expect(await left()).toEqual([text('b').blob]);
  });

  it('keeps results of texts that a version has', async () => {
    await inUse('a');
    await record('a', longAgo);
    expect((await pruner().prune(org)).pruned).toBe(0);
    expect((await pruner(false).prune(org)).pruned).toBe(1);
  });

  it('takes results of earlier rules', async () => {
    await inUse('a');
    await record('a', now, RULES_VERSION - 1);
    await record('b', now);
    expect((await pruner().prune(org)).pruned).toBe(1);
    expect(await left()).toEqual([text('b').blob]);
  });

  it('keeps what ended the process', async () => {
    const inspections = given(longAgo);
    await inspections.begin(org, [text('a'), text('b')]);
    await inspections.begin(org, [text('a')]);
    expect((await pruner().prune(org)).pruned).toBe(1);
    expect(await left()).toEqual([text('a').blob]);
  });

  it('visits the orgs in turn', async () => {
    await record('a', now);
    expect(await pruner().orgsAfter(null, 1_000)).toContain(org);
    expect(await pruner().orgsAfter(org, 1_000)).not.toContain(org);
  });
});
