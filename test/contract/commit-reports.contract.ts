import { randomUUID } from 'node:crypto';
import { orgId, type OrgId } from '@app/kernel';
import type { CommitReport, CommitReports } from '@app/sync-engine/testing';

const NOON = new Date('2026-01-01T12:00:00.000Z');
const later = (minutes: number) => new Date(NOON.getTime() + minutes * 60_000);

/** Describes what every store of reports must do. Other orgs' rows may be there. */
export function describeCommitReportsContract(name: string, arrange: () => Promise<CommitReports>): void {
  describe(`Commit reports contract: ${name}`, () => {
    let reports: CommitReports;
    let org: OrgId;
    let report: CommitReport;
    beforeEach(async () => {
      reports = await arrange();
      org = orgId(`org-${randomUUID()}`);
      report = {
        ...{ org, commit: 'c'.repeat(40), runId: randomUUID(), targetId: randomUUID() },
        ...{ state: 'success', description: '1 file taken' },
      };
    });
    const due = async (now = NOON) => (await reports.due(now, 10, org)).map(({ commit }) => commit);
    const claim = (now = NOON, until = later(2)) => reports.claim(report, now, until);

    it('has the wanted report, due immediately', async () => {
      await reports.want(report, NOON);
      expect(await due(later(-1))).toEqual([]);
      expect(await due()).toEqual([report.commit]);
      expect(await reports.due(NOON, 10_000)).toContainEqual({ org, commit: report.commit });
    });

    it('lists the longest waiting first, up to a limit', async () => {
      const other = { ...report, commit: 'd'.repeat(40) };
      await reports.want(report, later(1));
      await reports.want(other, NOON);
      expect(await due(later(1))).toEqual([other.commit, report.commit]);
      expect(await reports.due(later(1), 1, org)).toEqual([{ org, commit: other.commit }]);
    });

    it('is given to one process at a time, with the number of attempts', async () => {
      await reports.want(report, NOON);
      const claims = await Promise.all([claim(), claim(), claim()]);
      expect(claims.filter((claimed) => claimed !== null)).toEqual([{ ...report, attempts: 1, doubts: 1 }]);
    });

    it('is given to another process after its time, in doubt', async () => {
      await reports.want(report, NOON);
      await claim();
      expect(await due(later(1))).toEqual([]);
      expect(await claim(later(2), later(4))).toMatchObject({ attempts: 2, doubts: 2 });
    });

    it('is put off without a doubt', async () => {
      await reports.want(report, NOON);
      await reports.postpone((await claim())!, later(5));
      expect(await due(later(4))).toEqual([]);
      expect(await claim(later(5), later(7))).toMatchObject({ attempts: 2, doubts: 1 });
    });

    it('is over once it has ended, also if the same result is wanted again', async () => {
      await reports.want(report, NOON);
      await reports.end((await claim())!, NOON);
      await reports.want({ ...report, runId: randomUUID() }, later(1));
      expect(await due(later(9))).toEqual([]);
      expect(await claim(later(9), later(10))).toBeNull();
    });

    it.each<[string, Partial<CommitReport>]>([
      ['result', { state: 'failed', description: '0 taken, 1 kept out: notes/a.md' }],
      ['text', { description: '2 files taken' }],
      ['target', { targetId: randomUUID() }],
    ])('begins again with another %s', async (_, change) => {
      await reports.want(report, NOON);
      await reports.end((await claim())!, NOON);
      const next = { ...report, ...change, runId: randomUUID() };
      await reports.want(next, later(1));
      expect(await claim(later(1), later(3))).toEqual({ ...next, attempts: 1, doubts: 1 });
    });

    it('does not end with an older result that was on its way', async () => {
      await reports.want(report, NOON);
      const older = (await claim())!;
      const next = { ...report, runId: randomUUID(), description: '2 files taken' };
      await reports.want(next, later(1));
      await reports.end(older, later(1));
      await reports.postpone(older, later(9));
      expect(await due(later(1))).toEqual([report.commit]);
    });

    it('keeps the orgs apart', async () => {
      await reports.want(report, NOON);
      const other = { ...report, org: orgId(`org-${randomUUID()}`) };
      expect(await reports.due(NOON, 10, other.org)).toEqual([]);
      expect(await reports.claim(other, NOON, later(1))).toBeNull();
    });
  });
}
