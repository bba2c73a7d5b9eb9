import { Injectable } from '@nestjs/common';
import { map, type Observable } from 'rxjs';
import { AuditTrail, type Act } from '@app/audit';
import { iterate, mapPage, type Actor, type OrgId, type Page, type PageRequest } from '@app/kernel';
import type { Draft } from '@app/project-config';
import type { Run } from '../domain/run';
import type { RunChange } from '../domain/run-change';
import { RunNotFound } from '../domain/sync.errors';
import { planView, type PlanView } from './finding.view';
import { SyncRuns } from './ports/sync-runs.port';
import { ListRunChanges } from './queries/list-run-changes';
import { PlanSync } from './queries/plan-sync';
import { WatchRun } from './queries/watch-run';
import { DecideProposal } from './requests/decide-proposal';
import { RequestRun } from './requests/request-run';
import { ResolveRun } from './requests/resolve-run';
import { runView, type RunView } from './run.view';

/** The runs of an org, for people: every request and every answer is recorded in the audit log. */
@Injectable()
export class RunsApi {
  constructor(
    private readonly requests: RequestRun,
    private readonly answers: ResolveRun,
    private readonly planner: PlanSync,
    private readonly watcher: WatchRun,
    private readonly decisions: DecideProposal,
    private readonly changesOf: ListRunChanges,
    private readonly stored: SyncRuns,
    private readonly trail: AuditTrail,
  ) {}

  /** Requests a push of everything, now. Returns the run that already waits, if there is one. @throws NotConnected, NotConfigured */
  push(org: OrgId, by: Actor): Promise<RunView> {
    return this.act('sync.push', org, null, by, (act) => this.requests.byPerson(org, 'push', act));
  }

  /** Requests a pull of GitLab's changes, now. Returns the run that already waits, if there is one. @throws NotConnected, NotConfigured */
  pull(org: OrgId, by: Actor): Promise<RunView> {
    return this.act('sync.pull', org, null, by, (act) => this.requests.byPerson(org, 'pull', act));
  }

  /** Opens a merge request again that a person refused. Returns the push that does it. @throws NotConnected, NotConfigured */
  propose(org: OrgId, by: Actor): Promise<RunView> {
    return this.act('proposal.propose', org, null, by, (act) => this.decisions.execute(org, 'propose', act));
  }

  /**
   * Takes the branch's texts back in place of the proposal, as one change. Returns the pull that does it.
   * @throws NotConnected, NotConfigured
   */
  discard(org: OrgId, by: Actor): Promise<RunView> {
    return this.act('proposal.discard', org, null, by, (act) => this.decisions.execute(org, 'discard', act));
  }

  /**
   * Previews a full sync with the configured project or with `draft`; changes nothing. @throws NotConnected,
   * NotConfigured, GitLab's errors
   */
  plan(org: OrgId, by: Actor, draft?: Draft): Promise<PlanView> {
    return this.trail.attempt({ org, action: 'sync.plan', by, target: null }, async (act) => {
      const plan = await this.planner.execute(org, draft);
      await act.record(draft && `project ${draft.projectId}`);
      return planView(plan);
    });
  }

  /** Lists the runs, newest first. @throws CursorInvalid */
  async runs(org: OrgId, page: PageRequest = {}): Promise<Page<RunView>> {
    return mapPage(await this.stored.list(org, page), runView);
  }

  /** @throws RunNotFound */
  async run(org: OrgId, id: string): Promise<RunView> {
    const run = await this.stored.find(org, id);
    if (!run) throw new RunNotFound(id);
    return runView(run);
  }

  /** Follows a run: as it is now, and after each change, until it is over. Fails with RunNotFound. */
  follow(org: OrgId, id: string): Observable<RunView> {
    return this.watcher.execute(org, id).pipe(map(runView));
  }

  /** Follows a run until it is over or `signal` aborts. @throws RunNotFound */
  watch(org: OrgId, id: string, signal?: AbortSignal): AsyncIterable<RunView> {
    return iterate(this.follow(org, id), signal);
  }

  /** Agrees to the deletions that a run asks about. @throws RunNotFound, RunNotAwaiting */
  confirm(org: OrgId, id: string, by: Actor): Promise<RunView> {
    return this.act('run.confirm', org, id, by, (act) => this.answers.confirm(org, id, act));
  }

  /** Keeps the files that a run asks about: they go back to GitLab. @throws RunNotFound, RunNotAwaiting */
  keep(org: OrgId, id: string, by: Actor): Promise<RunView> {
    return this.act('run.keep', org, id, by, (act) => this.answers.keep(org, id, act));
  }

  /** Cancels a run. Its effects stay, and pending changes stay pending. @throws RunNotFound, RunOver */
  cancel(org: OrgId, id: string, by: Actor): Promise<RunView> {
    return this.act('run.cancel', org, id, by, (act) => this.answers.cancel(org, id, act));
  }

  /** Lists the paths that a run would change, or changed. @throws RunNotFound, CursorInvalid */
  runChanges(org: OrgId, id: string, page: PageRequest = {}): Promise<Page<RunChange>> {
    return this.changesOf.execute(org, id, page);
  }

  private act(
    action: string,
    org: OrgId,
    target: string | null,
    by: Actor,
    work: (act: Act) => Promise<Run>,
  ): Promise<RunView> {
    return this.trail.attempt({ org, action, by, target }, async (act) => runView(await work(act)));
  }
}
