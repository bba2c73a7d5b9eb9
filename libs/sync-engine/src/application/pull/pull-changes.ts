import { Injectable } from '@nestjs/common';
import { ContextStore, QuotaExceeded, VersionConflict } from '@app/context-store';
import type { Blob } from '@app/kernel';
import type { Decision } from '../../domain/decision';
import { isMassDelete } from '../../domain/mass-delete';
import { waitsForRoom } from '../../domain/quarantine-after';
import { KeptMoving, MassDeleteUnconfirmed } from '../../domain/sync.errors';
import type { SyncPass } from '../pass/sync-pass';
import { SyncStates, type StatePatch } from '../ports/sync-states.port';
import { ApplyPull } from './apply-pull';
import { DiscoverRemote, type DiscoverRequest } from './discover-remote';
import { FreedFiles } from './freed-files';
import { ReconcileRemote } from './reconcile-remote';

/** A first pull of very many bytes is applied in several changes, so that memory stays bounded. */
const CHUNK_BYTES = 32 * 1024 * 1024;
/** How often both sides may move during a pull before the org has to wait for its next pass. */
const TRIES = 5;

/** Takes what GitLab's branch became into Dot, and moves the base; from any base to any head. */
@Injectable()
export class PullChanges {
  constructor(
    private readonly discover: DiscoverRemote,
    private readonly reconcile: ReconcileRemote,
    private readonly apply: ApplyPull,
    private readonly freedFiles: FreedFiles,
    private readonly states: SyncStates,
    private readonly store: ContextStore,
  ) {}

  /**
   * Pulls what changed since the base. Returns `room-made` if files that wait for room may fit now, by what was deleted.
   * @throws MassDeleteUnconfirmed, BranchGone, KeptMoving
   */
  execute(pass: SyncPass): Promise<'done' | 'room-made'> {
    return this.pull(pass, pass.state.baseCommit, async () => ({}));
  }

  /** Takes what could not be taken before because Dot had a file or directory in its place. */
  async takeFreed(pass: SyncPass): Promise<void> {
    if ((await this.freedFiles.find(pass.org)).size) await this.execute(pass);
  }

  /** Compares everything. The patch follows from Dot's revision before that, and is recorded together with the new base. */
  async compareAll(pass: SyncPass, patchAt: (revision: number) => StatePatch): Promise<void> {
    await this.pull(pass, null, async () => patchAt(await this.store.revision(pass.org)));
  }

  private async pull(
    pass: SyncPass,
    since: string | null,
    patch: () => Promise<StatePatch>,
  ): Promise<'done' | 'room-made'> {
    const { org, gitlab, repo, policy, state } = pass;
    const own = state.inFlight?.landedAs ?? null;
    const onConflict = policy.conflictPolicy(state);
    for (let tries = 0; tries < TRIES; tries++) {
      try {
        return await this.pullOnce(
          pass,
          { org, gitlab, repo, policy, onConflict, since, own },
          await patch(),
        );
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
    let chunk: Decision[] = [];
    let bytes = 0;
    for await (const decision of this.reconcile.execute(request, changes)) {
      if (decision.kind === 'take' && decision.content === null) {
        deletions.push(decision);
        continue;
      }
      chunk.push(decision);
      if (decision.kind === 'take' && decision.remote) created.add(decision.remote);
      bytes += 'content' in decision ? (decision.content?.length ?? 0) : 0;
      if (bytes < CHUNK_BYTES) continue;
      await this.apply.execute(pass, changes, chunk);
      [chunk, bytes] = [[], 0];
    }
    await this.requireConfirmation(pass, deletions, created);
    await this.apply.execute(pass, changes, [...deletions, ...chunk], {
      ...patch,
      ...(request.own && { inFlight: null }),
      baseCommit: changes.head?.id ?? null,
    });
    return deletions.length > 0 && waitsForRoom(changes) ? 'room-made' : 'done';
  }

  /** A rename deletes nothing. @throws MassDeleteUnconfirmed */
  private async requireConfirmation(
    pass: SyncPass,
    deletions: readonly Decision[],
    created: ReadonlySet<Blob>,
  ): Promise<void> {
    const real = deletions.filter(({ local }) => local !== null && !created.has(local)).length;
    if (pass.run.confirmed || !real) return;
    const files = await this.states.countInDot(pass.org);
    if (isMassDelete(real, files)) throw new MassDeleteUnconfirmed(real, files);
  }
}
