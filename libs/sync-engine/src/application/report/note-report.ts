import { Injectable } from '@nestjs/common';
import { Clock } from '@app/kernel';
import { resultOfPull } from '../../domain/commit-report';
import type { SyncPass } from '../pass/sync-pass';
import { CommitReports } from '../ports/commit-reports.port';
import { Findings } from '../ports/findings.port';
import { SyncRuns } from '../ports/sync-runs.port';

/** Runs whose commits are recognised as Dot's own. */
const RECENT_RUNS = 100;

/** Notes the result of a pull for the commit on GitLab. It is sent later, when the lease is free. */
@Injectable()
export class NoteReport {
  constructor(
    private readonly reports: CommitReports,
    private readonly findings: Findings,
    private readonly runs: SyncRuns,
    private readonly clock: Clock,
  ) {}

  /** Joins the caller's transaction. */
  async execute({ org, run, target }: SyncPass): Promise<void> {
    const { head, took, kind } = run;
    if (target.reportStatus === 'off' || kind !== 'pull' || head === null || !took.length) return;
    const quarantined = [...(await this.findings.quarantined(org)).values()];
    const result = resultOfPull(run, quarantined, target.reportStatus === 'strict');
    if (!result) return;
    const { items } = await this.runs.list(org, { limit: RECENT_RUNS });
    if (run.commits.includes(head) || items.some(({ commits }) => commits.includes(head))) return;
    const report = { org, commit: head, runId: run.id, targetId: target.id, ...result };
    await this.reports.want(report, this.clock.now());
  }
}
