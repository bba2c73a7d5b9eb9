import { Injectable, Logger } from '@nestjs/common';
import { GitLabUnavailable } from '@app/gitlab';
import { Clock, DatabaseUnavailable, DomainError, type OrgId } from '@app/kernel';
import { ProjectConfigService } from '@app/project-config';
import { statusUrl } from '../../domain/commit-report';
import { LEASES_PER_ATTEMPT, MOST_ATTEMPTS, MOST_DOUBTS, waitAfter } from '../../domain/report-attempts';
import { CommitReports, type ClaimedReport, type ReportId } from '../ports/commit-reports.port';
import { SyncEngineSettings } from '../sync-engine.settings';

/** The name of the status on GitLab. */
const NAME = 'dot/context';
const AT_A_TIME = 50;

/**
 * Posts the results of pulls as statuses of their commits. Runs without a lease: it never delays a sync, and its failures
 * end no run. A report is sent once, and at most once more if the outcome is unknown.
 */
@Injectable()
export class SendReports {
  private readonly logger = new Logger('report');

  constructor(
    private readonly reports: CommitReports,
    private readonly projects: ProjectConfigService,
    private readonly clock: Clock,
    private readonly settings: SyncEngineSettings,
  ) {}

  /** Sends the reports that are due, of one org or of all. */
  async execute({ org, stopping }: { org?: OrgId; stopping?: AbortSignal } = {}): Promise<void> {
    for (const id of await this.reports.due(this.clock.now(), AT_A_TIME, org)) {
      if (stopping?.aborted) return;
      await this.send(id, stopping);
    }
  }

  private async send(id: ReportId, stopping?: AbortSignal): Promise<void> {
    const now = this.clock.now();
    const until = new Date(now.getTime() + LEASES_PER_ATTEMPT * this.settings.leaseMs);
    const report = await this.reports.claim(id, now, until);
    if (!report) return;
    const { org, commit, runId: run, attempts, doubts } = report;
    if (attempts > MOST_ATTEMPTS || doubts > MOST_DOUBTS) {
      this.logger.warn({ org, run, commit, attempts }, 'status of the commit given up');
      return this.reports.end(report, now);
    }
    try {
      await this.post(report, stopping);
      await this.reports.end(report, this.clock.now());
    } catch (error) {
      if (stopping?.aborted) return; // due again after its time
      await this.failed(report, error);
    }
  }

  private async post(report: ClaimedReport, signal?: AbortSignal): Promise<void> {
    const { org, commit, runId, targetId, state, description } = report;
    const { target, gitlab } = await this.projects.open(org, { signal });
    if (target.id !== targetId || target.reportStatus === 'off') return;
    const targetUrl = statusUrl(this.settings.statusUrlTemplate, { org, id: runId });
    const { projectId, pathWithNamespace, branch } = target;
    const status = { state, name: NAME, description, ...(targetUrl !== undefined && { targetUrl }) };
    await gitlab.setCommitStatus({ projectId, pathWithNamespace, branch }, commit, status);
  }

  /** A refusal is final: neither a protected branch nor an archived project changes soon. */
  private async failed(report: ClaimedReport, error: unknown): Promise<void> {
    if (error instanceof DatabaseUnavailable) throw error;
    const { org, commit, runId: run, attempts } = report;
    const known = error instanceof DomainError;
    const code = known ? error.code : 'internal';
    if (known && error.kind !== 'unavailable') {
      this.logger.warn({ org, run, commit, code }, 'status of the commit refused');
      return this.reports.end(report, this.clock.now());
    }
    this.logger.warn(
      { org, run, commit, code, attempts, ...(!known && { err: error }) },
      'status not sent yet',
    );
    if (!known || (error instanceof GitLabUnavailable && error.outcomeUnknown)) return; // due again after its time
    const wait = waitAfter(attempts, error.retryAfterMs);
    await this.reports.postpone(report, new Date(this.clock.now().getTime() + wait));
  }
}
