import { Injectable } from '@nestjs/common';
import type { OrgId } from '@app/kernel';
import { LeaseLost, RunOver } from '../../domain/sync.errors';
import { RenewLease } from '../pass/renew-lease';
import { StartPass } from '../pass/start-pass';
import type { SyncPass } from '../pass/sync-pass';
import { SyncStates } from '../ports/sync-states.port';
import type { NextWake } from '../ports/wake-queue.port';
import { ClaimOrg } from './claim-org';
import { ExecuteRun } from './execute-run';
import { FindNextWake } from './find-next-wake';
import { FinishRun } from './finish-run';
import { PollOrg } from './poll-org';
import { tracePass } from './trace-pass';

/** Why a pass is cut that has ended. Without a reason one would be made, with a stack, for each pass. */
const OVER = 'over';

/** Runs one bounded pass at one org: takes the lease, executes the next run, records its end and releases the lease. */
@Injectable()
export class ProcessOrg {
  constructor(
    private readonly claimOrg: ClaimOrg,
    private readonly renewLease: RenewLease,
    private readonly startPass: StartPass,
    private readonly executeRun: ExecuteRun,
    private readonly finishRun: FinishRun,
    private readonly pollOrg: PollOrg,
    private readonly findNextWake: FindNextWake,
    private readonly states: SyncStates,
  ) {}

  /**
   * Processes the org once. `stopping` ends the pass early; unfinished work is recorded or can be resumed by the next
   * holder.
   */
  async execute(org: OrgId, stopping?: AbortSignal): Promise<NextWake> {
    const cut = new AbortController();
    const stop = () => cut.abort(stopping?.reason);
    if (stopping?.aborted) stop();
    stopping?.addEventListener('abort', stop);
    try {
      return await this.underLease(org, cut);
    } finally {
      stopping?.removeEventListener('abort', stop);
    }
  }

  private async underLease(org: OrgId, cut: AbortController): Promise<NextWake> {
    const { signal } = cut;
    let pass: SyncPass | null = null;
    let nextWake: NextWake | undefined;
    const claim = await this.claimOrg.execute(org, { signal, onRequest: () => pass?.noteCall() });
    if (!claim) return null; // the holder checks for more work after releasing the lease
    const { lease, state, opened, run, heldUntil } = claim;
    const renewing = this.renewLease.execute(lease, cut);
    try {
      if (run) {
        const started = (pass = this.startPass.execute({ lease, heldUntil, ...opened, state, run }));
        nextWake = await tracePass(started, () => this.finish(started, signal));
      } else if (opened) await this.pollOrg.pollIfDue(lease, state, opened);
    } catch (error) {
      const cutShort = signal.aborted || error instanceof LeaseLost || error instanceof RunOver;
      if (!cutShort) throw error;
    } finally {
      cut.abort(OVER);
      await renewing;
      if (!pass?.isClosed) await this.states.release(lease);
    }
    return nextWake === undefined ? this.findNextWake.execute(org) : nextWake;
  }

  /** Returns when the org has something to do next; undefined if that is not known yet. */
  private async finish(pass: SyncPass, signal: AbortSignal): Promise<NextWake | undefined> {
    try {
      const outcome = await this.executeRun.execute(pass);
      if (outcome === 'done') return await this.finishRun.succeeded(pass);
      if (outcome === 'more') return await this.finishRun.interrupted(pass);
      await this.finishRun.postponed(pass, outcome.later);
    } catch (error) {
      if (signal.aborted) throw error;
      await this.finishRun.failed(pass, error);
    }
    return undefined;
  }
}
