import { Injectable } from '@nestjs/common';
import { Database } from '@app/database';
import { daysBefore, type OrgId } from '@app/kernel';
import {
  CommitReports,
  type ClaimedReport,
  type CommitReport,
  type ReportId,
} from '../application/ports/commit-reports.port';

/** A commit becomes the head again only after a reset of the branch; its result is then news after this time. */
const REMEMBERED_DAYS = 7;

const COLUMNS = `org, commit, run_id AS "runId", target_id AS "targetId", state, description, attempts, doubts`;

@Injectable()
export class TypeOrmCommitReports extends CommitReports {
  constructor(private readonly db: Database) {
    super();
  }

  async want(report: CommitReport, now: Date): Promise<void> {
    const { org, commit, runId, targetId, state, description } = report;
    await this.db
      .forOrg(org)
      .query(`DELETE FROM sync_commit_reports WHERE org = $1 AND ended_at < $2`, [
        org,
        daysBefore(now, REMEMBERED_DAYS),
      ]);
    await this.db.forOrg(org).query(
      `INSERT INTO sync_commit_reports AS stored (org, commit, run_id, target_id, state, description, due_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7)
           ON CONFLICT (org, commit) DO UPDATE
          SET run_id = excluded.run_id, target_id = excluded.target_id, state = excluded.state,
              description = excluded.description, due_at = excluded.due_at, attempts = 0, doubts = 0, ended_at = NULL
        WHERE (stored.target_id, stored.state, stored.description)
              IS DISTINCT FROM (excluded.target_id, excluded.state, excluded.description)`,
      [org, commit, runId, targetId, state, description, now],
    );
  }

  async due(now: Date, limit: number, org?: OrgId): Promise<ReportId[]> {
    const found = (condition: string) =>
      `SELECT org, commit FROM sync_commit_reports WHERE ended_at IS NULL AND due_at <= $1 ${condition}
        ORDER BY due_at LIMIT $2`;
    return org === undefined
      ? this.db.acrossOrgs.query<ReportId[]>(found(''), [now, limit])
      : this.db.forOrg(org).query<ReportId[]>(found('AND org = $3'), [now, limit, org]);
  }

  async claim({ org, commit }: ReportId, now: Date, until: Date): Promise<ClaimedReport | null> {
    const [claimed] = await this.db.forOrg(org).query<[ClaimedReport[], number]>(
      `UPDATE sync_commit_reports SET attempts = attempts + 1, doubts = doubts + 1, due_at = $4
        WHERE org = $1 AND commit = $2 AND ended_at IS NULL AND due_at <= $3
       RETURNING ${COLUMNS}`,
      [org, commit, now, until],
    );
    return claimed[0] ?? null;
  }

  postpone(report: ClaimedReport, until: Date): Promise<void> {
    return this.change(report, 'doubts = doubts - 1, due_at = $4', until);
  }

  end(report: ClaimedReport, now: Date): Promise<void> {
    return this.change(report, 'ended_at = $4', now);
  }

  /** Changes nothing if a newer result took the report's place: it has another run. */
  private async change({ org, commit, runId }: ClaimedReport, what: string, at: Date): Promise<void> {
    await this.db.forOrg(org).query(
      `UPDATE sync_commit_reports SET ${what}
          WHERE org = $1 AND commit = $2 AND run_id = $3 AND ended_at IS NULL`,
      [org, commit, runId, at],
    );
  }
}
