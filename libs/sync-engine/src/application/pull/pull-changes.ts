import { Injectable } from '@nestjs/common';
import { ContextStore, QuotaExceeded, VersionConflict } from '@app/context-store';
import { GitLabAnswerInvalid } from '@app/gitlab';
import { Clock, type Blob } from '@app/kernel';
import type { Decision } from '../../domain/decision';
import { isFullComparisonDue, nextFullComparison } from '../../domain/full-comparison';
import { waitsForRoom } from '../../domain/quarantine-after';
import { cameTo } from '../../domain/run';
import { inspectedAgain, type SyncState } from '../../domain/sync-state';
import { KeptMoving } from '../../domain/sync.errors';
import type { SyncPass } from '../pass/sync-pass';
import { BaseEntries } from '../ports/base-entries.port';
import { ProposedEntries } from '../ports/proposed-entries.port';
import type { StatePatch } from '../ports/sync-states.port';
import { ApplyPull } from './apply-pull';
import { deletionsToAskAbout } from './deletions-to-ask-about';
import { DiscoverRemote } from './discover-remote';
import { namedPaths, type DiscoverRequest, type RemoteChanges } from './remote-changes';
import { FreedFiles } from './freed-files';
import { OwnChanges, withOwnChange } from './own-changes';
import { ReconcileRemote } from './reconcile-remote';
import { stageTexts } from './stage-texts';

/** A first pull of very many bytes is applied in several changes, so that memory stays bounded. */
const CHUNK_BYTES = 16 * 1024 * 1024;
/** Times that both sides may move during a pull before the org has to wait for its next pass. */
const TRIES = 5;

interface PullOptions {
  /** Paths of files that are read even if no comparison names them. */
  readonly doubted?: readonly string[];
  /** Returns the patch to record with the new base, by Dot's revision before the pull. */
  readonly patchAt?: (revision: number) => StatePatch;
}

/** Takes GitLab's branch into Dot and moves the base; works from any base to any head. */
@Injectable()
export class PullChanges {
  constructor(
    private readonly discover: DiscoverRemote,
    private readonly reconcile: ReconcileRemote,
    private readonly apply: ApplyPull,
    private readonly freedFiles: FreedFiles,
    private readonly base: BaseEntries,
    private readonly proposed: ProposedEntries,
    private readonly store: ContextStore,
    private readonly clock: Clock,
  ) {}

  /**
   * Pulls the changes since the base. Returns `room-made` if deletions made room for files that wait for it.
   * @throws BranchGone, KeptMoving
   */
  execute(pass: SyncPass): Promise<'done' | 'room-made'> {
    const all = isFullComparisonDue(pass.state, this.clock.now());
    return this.pull(pass, all ? null : pass.state.baseCommit);
  }

  /** Reads these paths again, whatever comparisons showed: GitLab refuses to have them replaced. */
  async readAgain(pass: SyncPass, doubted: readonly string[]): Promise<void> {
    try {
      await this.pull(pass, pass.state.baseCommit, { doubted });
    } catch (error) {
      // One response without a file is not enough to delete it.
      if (!(error instanceof GitLabAnswerInvalid)) throw error;
      await this.pull(pass, null, { doubted });
    }
  }

  /** Takes files that were held back because Dot had a file or directory in their place. */
  async takeFreed(pass: SyncPass): Promise<void> {
    if ((await this.freedFiles.find(pass.org)).size) await this.execute(pass);
  }

  /** Compares everything. The patch follows from Dot's revision before that, and is recorded together with the new base. */
  async compareAll(pass: SyncPass, patchAt: (revision: number) => StatePatch): Promise<void> {
    await this.pull(pass, null, { patchAt });
  }

  private async pull(
    pass: SyncPass,
    since: string | null,
    { doubted, patchAt }: PullOptions = {},
  ): Promise<'done' | 'room-made'> {
    const { org, gitlab, repo, policy, state } = pass;
    const own = state.inFlight?.landedAs ?? null;
    const onConflict = policy.conflictPolicy(state);
    const request = { org, gitlab, repo, policy, onConflict, since, own, doubted, proposal: pass.proposal };
    for (let tries = 0; tries < TRIES; tries++) {
      try {
        return await this.pullOnce(pass, request, patchAt?.(await this.store.revision(org)) ?? {});
      } catch (error) {
        // Dot was edited meanwhile: decide again
        if (!(error instanceof VersionConflict || error instanceof QuotaExceeded)) throw error;
      }
    }
    throw new KeptMoving();
  }

  private async pullOnce(
    pass: SyncPass,
    request: DiscoverRequest,
    patch: StatePatch,
  ): Promise<'done' | 'room-made'> {
    const changes = await this.discover.changes(request);
    const deletions: Decision[] = [];
    const created = new Set<Blob>();
    const unchanged = namedPaths(request, changes);
    let waiting: Pick<SyncState, 'inspectRetryAt'> = { inspectRetryAt: null };
    const own = new OwnChanges();
    let chunk: Decision[] = [];
    let bytes = 0;
    const decisions = this.reconcile.execute(request, changes);
    for await (const found of stageTexts(this.store, pass.org, decisions)) {
      const decision = own.asOfNow(found);
      unchanged.delete(decision.path);
      if (decision.kind === 'take' && decision.content === null) {
        deletions.push(found);
        continue;
      }
      chunk.push(decision);
      if (decision.kind === 'quarantine') waiting = inspectedAgain(waiting, [decision], this.clock.now());
      if (decision.kind === 'take' && decision.remote) created.add(decision.remote);
      bytes += 'content' in decision ? (decision.content?.length ?? 0) : 0;
      if (bytes < CHUNK_BYTES) continue;
      await this.preserve(pass, chunk);
      const made = await this.apply.execute(pass, changes, chunk);
      own.note(chunk, made);
      patch = { ...patch, ...withOwnChange(patch, made) };
      [chunk, bytes] = [[], 0];
    }
    const seenAt = changes.head?.id ?? null;
    const asked = { decisions: deletions, created, seenAt };
    const { aside, question } = await deletionsToAskAbout(this.base, pass.org, asked);
    const certain = deletions.filter(({ path }) => !aside.has(path)).map((decision) => own.asOfNow(decision));
    const inFlight = request.own ? { inFlight: null } : {};
    const { baseCommit } = pass.state;
    await this.preserve(pass, [...deletions, ...chunk]);
    await this.apply.execute(pass, changes, [...certain, ...chunk], {
      patch: {
        ...this.stateAfter(pass, changes),
        ...patch,
        ...waiting,
        ...inFlight,
        ...(question && { question }),
      },
      unchanged: [...unchanged],
      aside,
      run: (run) => cameTo(run, changes, baseCommit),
    });
    return certain.length > 0 && waitsForRoom(changes) ? 'room-made' : 'done';
  }

  /** Notes what the work branch still has, before the target's base moves to other texts. */
  private async preserve(pass: SyncPass, decisions: readonly Decision[]): Promise<void> {
    if (!pass.proposal?.cycle || !decisions.length) return;
    const paths = decisions.map(({ path }) => path);
    const base = await this.base.around(pass.org, paths);
    const moved = decisions.filter(({ path, remote }) => remote !== (base.get(path)?.remote ?? null));
    if (!moved.length) return;
    const kept = moved.map(({ path }) => path);
    await pass.checkpoint(async () => (await this.proposed.preserve(pass.org, kept), {}));
  }

  private stateAfter({ state }: SyncPass, { head, tree, lfsRules }: RemoteChanges): StatePatch {
    const baseCommit = head?.id ?? null;
    const moved = tree || baseCommit !== state.baseCommit;
    return {
      baseCommit,
      ...(moved && nextFullComparison(state, tree !== null, this.clock.now())),
      ...(lfsRules !== undefined && { lfsRules }),
    };
  }
}
