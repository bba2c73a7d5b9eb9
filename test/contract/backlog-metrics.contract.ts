import { randomUUID } from 'node:crypto';
import { orgId, type ErrorCode, type Transactions } from '@app/kernel';
import type { BacklogMetrics, Findings, SyncRuns, SyncStates } from '@app/sync-engine/testing';

interface Subject {
  readonly backlogs: BacklogMetrics;
  readonly states: SyncStates;
  readonly runs: SyncRuns;
  readonly findings: Findings;
  readonly transactions: Transactions;
}

const NOON = new Date('2026-01-01T12:00:00.000Z');
const later = (minutes: number) => new Date(NOON.getTime() + minutes * 60_000);
const stopped = (code: ErrorCode, scope: 'push' | 'all') => ({
  ...{ code, detail: '', scope, kinds: [], tries: 1, retryAt: later(3) },
});
const [ADA, BOB, EVE, ZOE] = ['ada', 'bob', 'eve', 'zoe'].map(orgId);

/** Counts all orgs: every subject starts empty. */
export function describeBacklogsContract(name: string, arrange: () => Promise<Subject>): void {
  describe(`BacklogMetrics contract: ${name}`, () => {
    it('counts waiting and stuck work, and finds the runs that nothing blocks', async () => {
      const { backlogs, states, runs, findings, transactions } = await arrange();
      expect(await backlogs.measure(NOON)).toEqual({
        ...{
          open: 0,
          oldestSince: null,
          runnableOrgs: 0,
          stopped: 0,
          retrying: 0,
          conflicts: 0,
          quarantined: 0,
        },
      });

      await transactions.run(async () => {
        for (const org of [BOB, EVE, ZOE]) await states.acquire(org, 'a worker', 1);
        await runs.request(ZOE, 'push', 'auto', later(-40));
        await runs.request(EVE, 'pull', 'poll', later(-30));
        await runs.request(BOB, 'push', 'auto', later(-20));
        await runs.request(ADA, 'push', 'auto', later(-10));
        await runs.request(ADA, 'pull', 'poll', later(-5));
        await states.save(EVE, { blocked: stopped('token_rejected', 'all') });
        await states.save(ZOE, {
          blocked: stopped('branch_protected', 'push'),
        });
        await states.save(BOB, { nextAttemptAt: later(1) });
        await findings.quarantine(ADA, [
          { path: 'a.md', side: 'remote', blob: null, reason: 'too_big', detail: '', at: NOON },
        ]);
        await findings.addConflict(ADA, {
          ...{ id: randomUUID(), path: 'a.md', at: NOON, winner: 'local', runId: randomUUID() },
          kept: { author: { name: 'Ada', email: 'ada@example.com' }, at: NOON, version: '1', commit: null },
          stands: null,
          base: null,
        });
      });

      const figures = { open: 5, stopped: 2, retrying: 1, conflicts: 1, quarantined: 1 };
      const at = async (minutes: number, oldest: number, runnableOrgs: number) =>
        expect(await backlogs.measure(later(minutes))).toEqual({
          ...{ ...figures, oldestSince: later(oldest), runnableOrgs },
        });
      await at(0, -10, 1);
      await at(2, -20, 2);
      await at(3, -40, 4);
    });
  });
}
