import type { InMemoryTable, InMemoryTables } from '@app/database/testing';
import type { OrgId } from '@app/kernel';
import {
  CommitReports,
  type ClaimedReport,
  type CommitReport,
  type ReportId,
} from '../src/application/ports/commit-reports.port';

interface Row extends ClaimedReport {
  readonly dueAt: Date;
  readonly endedAt: Date | null;
}

export class InMemoryCommitReports extends CommitReports {
  private readonly rows: InMemoryTable<Row>;

  constructor(private readonly tables: InMemoryTables) {
    super();
    this.rows = tables.table('sync_commit_reports');
  }

  want(report: CommitReport, now: Date): Promise<void> {
    return this.tables.run(() => {
      const stored = this.rows.get(keyOf(report));
      const same = (['targetId', 'state', 'description'] as const).every(
        (key) => stored?.[key] === report[key],
      );
      if (!same)
        this.rows.set(keyOf(report), { ...report, attempts: 0, doubts: 0, dueAt: now, endedAt: null });
    });
  }

  async due(now: Date, limit: number, org?: OrgId): Promise<ReportId[]> {
    return this.rows
      .values()
      .filter((row) => row.endedAt === null && row.dueAt <= now && (org === undefined || row.org === org))
      .sort((a, b) => a.dueAt.getTime() - b.dueAt.getTime())
      .slice(0, limit)
      .map((row) => ({ org: row.org, commit: row.commit }));
  }

  claim(id: ReportId, now: Date, until: Date): Promise<ClaimedReport | null> {
    return this.tables.run(() => {
      const row = this.rows.get(keyOf(id));
      if (!row || row.endedAt || row.dueAt > now) return null;
      const claimed = { ...row, attempts: row.attempts + 1, doubts: row.doubts + 1, dueAt: until };
      this.rows.set(keyOf(id), claimed);
      const { dueAt: _, endedAt: __, ...report } = claimed;
      return report;
    });
  }

  postpone(report: ClaimedReport, until: Date): Promise<void> {
    return this.change(report, (row) => ({ ...row, doubts: row.doubts - 1, dueAt: until }));
  }

  end(report: ClaimedReport, now: Date): Promise<void> {
    return this.change(report, (row) => ({ ...row, endedAt: now }));
  }

  private change(report: ClaimedReport, to: (row: Row) => Row): Promise<void> {
    return this.tables.run(() => {
      const row = this.rows.get(keyOf(report));
      if (row?.runId === report.runId && !row.endedAt) this.rows.set(keyOf(report), to(row));
    });
  }
}

const keyOf = ({ org, commit }: ReportId): string => `${org} ${commit}`;
