import { Injectable } from '@nestjs/common';
import type { Act } from '@app/audit';
import { InspectionService } from '@app/inspection';
import { activeTrace, Clock, Transactions, type OrgId } from '@app/kernel';
import { ProjectConfigService } from '@app/project-config';
import type { Run, RunKind, RunTrigger } from '../../domain/run';
import { WakeQueue } from '../ports/wake-queue.port';
import { SyncRuns } from '../ports/sync-runs.port';
import { SyncStates } from '../ports/sync-states.port';

/** Requests a run: queues it in the database, then wakes the org. Joins the caller's transaction and wakes after it. */
@Injectable()
export class RequestRun {
  constructor(
    private readonly projects: ProjectConfigService,
    private readonly states: SyncStates,
    private readonly runs: SyncRuns,
    private readonly wakeQueue: WakeQueue,
    private readonly inspections: InspectionService,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /**
   * Requests a run for a person: lifts a block, ends a back-off and the wait of interrupted inspections. The run is the
   * act's target, if no other is given. @throws NotConnected, NotConfigured
   */
  async byPerson(org: OrgId, kind: RunKind, act: Act, target?: string): Promise<Run> {
    await this.projects.requireTarget(org);
    return this.transactions.run(async () => {
      await this.lift(org);
      await this.inspections.retry(org);
      const run = await this.execute(org, kind, 'manual');
      await this.runs.noteRequester(org, run.id, act.by.name);
      await act.record(target ?? run.id);
      return { ...run, requestedBy: run.requestedBy ?? act.by.name };
    });
  }

  execute(org: OrgId, kind: RunKind, trigger: RunTrigger): Promise<Run> {
    return this.transactions.run(async () => {
      const run = await this.runs.request(org, kind, trigger, this.clock.now());
      const trace = activeTrace();
      if (trace) await this.runs.noteTraces([{ org, run: run.id, trace }]);
      this.transactions.afterCommit(() => this.wakeQueue.wake(org));
      return run;
    });
  }

  /** Requests runs for many orgs in one transaction; returns their ids. */
  executeAll(
    orgs: readonly OrgId[],
    kind: RunKind,
    trigger: RunTrigger,
    announced?: ReadonlyMap<OrgId, string>,
  ): Promise<Map<OrgId, string>> {
    return this.transactions.run(async () => {
      const runs = await this.runs.requestAll(orgs, kind, trigger, this.clock.now(), announced);
      for (const org of orgs) this.transactions.afterCommit(() => this.wakeQueue.wake(org));
      return runs;
    });
  }

  /** Resumes stopped, delayed or refused work, because the cause may be gone. */
  async resume(org: OrgId): Promise<void> {
    await this.transactions.run(async () => {
      await this.lift(org);
      this.transactions.afterCommit(() => this.wakeQueue.wake(org));
    });
  }

  /** Lifts a block and ends waits; the caller wakes the org, once. */
  private async lift(org: OrgId): Promise<void> {
    const now = this.clock.now();
    const blocked = await this.states.unblock(org);
    for (const kind of blocked?.kinds ?? []) await this.runs.request(org, kind, 'auto', now);
    await this.states.attemptNow(org, now);
  }
}
