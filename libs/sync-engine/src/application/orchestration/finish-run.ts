import { Injectable, Logger } from '@nestjs/common';
import { Clock, EventBus, type DomainEvent } from '@app/kernel';
import type { SyncFailed, SyncFinished } from '../../domain/events';
import { awaitingConfirmation, ended, isThere, putBack, type Run, type RunError } from '../../domain/run';
import { retryWaitMs } from '../../domain/back-off';
import { blockedToo, endsBlock } from '../../domain/blocked';
import { healthy, heldUp } from '../../domain/sync-state';
import { MassDeleteUnconfirmed, RunOver } from '../../domain/sync.errors';
import { decideRetry, type RetryDecision } from '../../domain/retry-policy';
import { toSyncError } from './to-sync-error';
import { NoteReport } from '../report/note-report';
import { PollOrg } from './poll-org';
import { SyncEngineSettings } from '../sync-engine.settings';
import { RunChanges } from '../ports/run-changes.port';
import { SyncRuns } from '../ports/sync-runs.port';
import type { StatePatch } from '../ports/sync-states.port';
import type { NextWake } from '../ports/wake-queue.port';
import type { Checkpoint, SyncPass } from '../pass/sync-pass';

/** Records how a pass ended and its consequences, and notifies the other modules. */
@Injectable()
export class FinishRun {
  private readonly logger = new Logger('sync');

  constructor(
    private readonly runs: SyncRuns,
    private readonly runChanges: RunChanges,
    private readonly pollOrg: PollOrg,
    private readonly noteReport: NoteReport,
    private readonly events: EventBus,
    private readonly clock: Clock,
    private readonly settings: SyncEngineSettings,
  ) {}

  /** The pass is over before the work is: the run goes to the back of the queue. Returns when the org goes on: immediately. */
  async interrupted(pass: SyncPass): Promise<NextWake> {
    await pass.close(() => ({ run: (run) => putBack(run) }));
    return 0;
  }

  /** The push waits for the end of a burst of edits. Pulls go on. */
  async postponed(pass: SyncPass, until: Date): Promise<void> {
    await pass.close(() => ({ state: { pushAfter: until }, run: (run) => putBack(run) }));
  }

  /** The work is done. Returns when the org has something to do next; undefined if that is not known yet. @throws RunOver */
  async succeeded(pass: SyncPass): Promise<NextWake | undefined> {
    const { org, run, state, target } = pass;
    let nextWake: NextWake = null;
    await pass.close(async () => {
      const now = this.clock.now();
      const open = await this.runs.lockOpen(org);
      if (open.every(({ id }) => id !== run.id)) throw new RunOver();
      const others = open.filter(({ id }) => id !== run.id);
      if (run.kind === 'pull' && state.snapshotDue && target.autoSync)
        others.push(await this.runs.request(org, 'push', 'auto', now));
      if (run.kind !== 'pull' && state.question?.runId === null)
        others.push(await this.runs.request(org, 'pull', 'auto', now));
      if (!state.question) await this.dropOlderQuestions(run, others, now);
      nextWake = others.some(({ status }) => status !== 'awaiting_confirmation') ? 0 : null;
      await this.noteReport.execute(pass);
      await this.events.keep(finished(ended(pass.run, 'succeeded', now)));
      return { state: this.stateAfter(pass, now), run: (done) => ended(done, 'succeeded', now) };
    });
    this.tell(finished(pass.run));
    // The obstacle may be gone by now.
    return state.blocked ? undefined : nextWake;
  }

  /** Records nothing if another worker, or a person, has taken over. */
  async failed(pass: SyncPass, thrown: unknown): Promise<void> {
    const error = toSyncError(thrown, pass.target.branch);
    const decision = decideRetry(error, pass.state.failures);
    if (decision.kind === 'ignore') return;
    const recording = this.follow(pass, decision);
    // A stop that lasts is announced once, however often it is tried.
    const known = decision.kind === 'block' && pass.state.blocked?.code === decision.code;
    const { id: run, org, kind, attempt } = pass.run;
    const event: SyncFailed = {
      name: 'sync.failed.v1',
      org,
      runId: run,
      kind,
      code: decision.code,
      detail: decision.detail,
      retrying: decision.kind === 'retry',
    };
    await pass.close(async () => {
      if (error instanceof MassDeleteUnconfirmed) await this.ask(pass, error);
      if (!known) await this.events.keep(event);
      return recording;
    });
    const bug = 'bug' in decision && decision.bug;
    this.logger[bug ? 'error' : 'warn'](
      { org, run, kind, attempt, code: decision.code, decision: decision.kind, ...(bug && { err: error }) },
      'run failed',
    );
    if (!known) this.events.publish(event);
  }

  private stateAfter({ run, state }: SyncPass, now: Date): StatePatch {
    // Without a call nothing is known of GitLab: back-off and polls stay as they are.
    if (run.apiCalls === 0 && isThere(run, state.baseCommit)) return {};
    const over = state.blocked !== null && endsBlock(state.blocked, run.kind);
    return {
      ...healthy(now),
      ...(over && { blocked: null }),
      ...(run.kind !== 'pull' && state.heldRetryAt === null && { heldTries: 0 }),
      nextPollAt: this.pollOrg.nextPollAt(state),
    };
  }

  private follow(pass: SyncPass, decision: Exclude<RetryDecision, { kind: 'ignore' }>): Checkpoint {
    const { code, detail } = decision;
    const now = this.clock.now();
    const error: RunError = { code, detail, retryAt: null };
    if (decision.kind === 'confirm') {
      return {
        state: {
          question: { runId: pass.run.id, detail },
          nextPollAt: this.pollOrg.nextPollAt(pass.state),
        },
        run: (run) => awaitingConfirmation(run, error),
      };
    }
    if (decision.kind === 'block') {
      const stop = { code, detail, scope: decision.scope, kinds: [pass.run.kind] };
      const blocked = blockedToo(pass.state, stop, now, this.settings.random());
      return {
        state: { blocked, failure: null, failures: 0, nextAttemptAt: null },
        run: (run) => ended(run, 'failed', now, error),
      };
    }
    const failures = pass.state.failures + 1;
    const wait = retryWaitMs(failures, this.settings.random(), decision.afterMs);
    const retryAt = new Date(now.getTime() + wait);
    const failure: RunError = { ...error, ...(decision.by && { by: decision.by }), retryAt };
    return {
      state: { failure, failures, ...heldUp(pass.state, retryAt) },
      run: (run) => putBack(run, failure),
    };
  }

  private async ask({ org, run }: SyncPass, { paths }: MassDeleteUnconfirmed): Promise<void> {
    await this.dropOlderQuestions(run, await this.runs.open(org), this.clock.now());
    const changes = paths.map((path) => ({ path, op: 'delete' as const }));
    await this.runChanges.replace(org, run.id, changes);
  }

  /** Drops questions of older runs that were answered, or that a newer run asks. */
  private async dropOlderQuestions(run: Run, open: readonly Run[], now: Date): Promise<void> {
    const asking = open.filter(({ id, status }) => status === 'awaiting_confirmation' && id !== run.id);
    for (const older of asking) await this.runs.save(ended(older, 'cancelled', now));
  }

  private tell(event: DomainEvent & SyncFinished): void {
    const { org, runId: run, kind, counts, commits, apiCalls } = event;
    this.logger.log({ org, run, kind, counts, commits: commits.length, apiCalls }, 'run succeeded');
    this.events.publish(event);
  }
}

function finished({ createdAt, startedAt, finishedAt, ...run }: Run): SyncFinished {
  const { id, org, kind, status, counts, commits, apiCalls } = run;
  const begun = startedAt ?? createdAt;
  const waitedMs = begun.getTime() - createdAt.getTime();
  const tookMs = (finishedAt ?? begun).getTime() - begun.getTime();
  const what = { runId: id, kind, status, counts, commits, apiCalls, waitedMs, tookMs };
  return { name: 'sync.finished.v1', org, ...what };
}
