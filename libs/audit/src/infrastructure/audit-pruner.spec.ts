import { randomUUID } from 'node:crypto';
import { daysBefore, ManualClock, orgId } from '@app/kernel';
import { openDatabase, type OpenDatabase } from '../../../../test/support/database';
import { AuditPruner } from './audit-pruner';
import { AuditEntryRow, TypeOrmAuditLog } from './typeorm-audit-log';

const [ACME, GLOBEX, INITECH] = ['acme', 'globex', 'initech'].map(orgId);
const clock = new ManualClock();
const DAYS = 400;

describe('pruning the audit log', () => {
  let database: OpenDatabase;
  let log: TypeOrmAuditLog;
  let pruner: AuditPruner;

  beforeAll(async () => {
    database = await openDatabase([AuditEntryRow]);
    log = new TypeOrmAuditLog(database.db);
    pruner = new AuditPruner(database.db, clock, DAYS);
    for (const org of [INITECH, ACME, GLOBEX, ACME]) {
      for (const [target, days] of [
        ['old', DAYS + 1],
        ['young', DAYS - 1],
      ] as const)
        await log.add({
          ...{
            id: randomUUID(),
            org,
            at: daysBefore(clock.now(), days),
            action: 'project.configure',
            target,
          },
          ...{ actor: { subject: 'u1', name: 'Ada', role: 'admin' }, from: '127.0.0.1', result: 'ok' },
        });
    }
  });
  afterAll(() => database.close());

  const targets = async (org: typeof ACME) =>
    (await log.list(org, {})).items.map(({ target }) => target).sort();

  it('returns each org with a log once, in order', async () => {
    expect(await pruner.orgsAfter(null, 10)).toEqual([ACME, GLOBEX, INITECH]);
    expect(await pruner.orgsAfter(null, 2)).toEqual([ACME, GLOBEX]);
    expect(await pruner.orgsAfter(GLOBEX, 10)).toEqual([INITECH]);
    expect(await pruner.orgsAfter(INITECH, 10)).toEqual([]);
  });

  it('deletes old entries of this org only', async () => {
    expect(await pruner.prune(ACME)).toEqual({ pruned: 2, next: null });
    expect(await targets(ACME)).toEqual(['young', 'young']);
    expect(await targets(GLOBEX)).toEqual(['old', 'young']);
    expect(await pruner.prune(ACME)).toEqual({ pruned: 0, next: null });
  });

  it('deletes nothing if the log is kept for ever', async () => {
    expect(await new AuditPruner(database.db, clock, Infinity).prune(GLOBEX)).toMatchObject({ pruned: 0 });
  });
});
