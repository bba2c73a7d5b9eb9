import type { OrgId } from '@app/kernel';
import type { CommitResult } from '../../domain/commit-report';

/** Result of a pull that the commit on GitLab shows. */
export interface CommitReport extends CommitResult {
  readonly org: OrgId;
  readonly commit: string;
  readonly runId: string;
  /** The target that the pull came from. On another target, the commit is another one. */
  readonly targetId: string;
}

/** Report that this process sends now. */
export interface ClaimedReport extends CommitReport {
  /** Number of attempts, this one included. */
  readonly attempts: number;
  /** Number of attempts whose outcome is not known, this one included. */
  readonly doubts: number;
}

export type ReportId = Pick<CommitReport, 'org' | 'commit'>;

/** Stores the reports that wait, and those that were sent lately, so that no result is sent twice. */
export abstract class CommitReports {
  /**
   * Stores a report, due now. Replaces an earlier report of the same commit, and does nothing if that has the same
   * result. Joins the caller's transaction.
   */
  abstract want(report: CommitReport, now: Date): Promise<void>;
  /** Lists reports that are due, of one org or of all. */
  abstract due(now: Date, limit: number, org?: OrgId): Promise<ReportId[]>;
  /**
   * Takes a due report for this process until `until`, and counts the attempt. Returns null if another process has it,
   * or if it has ended.
   */
  abstract claim(id: ReportId, now: Date, until: Date): Promise<ClaimedReport | null>;
  /** Puts off a claimed report that surely was not sent. */
  abstract postpone(report: ClaimedReport, until: Date): Promise<void>;
  /** Ends a claimed report: it was sent, or is given up. Does nothing if a newer result took its place. */
  abstract end(report: ClaimedReport, now: Date): Promise<void>;
}
