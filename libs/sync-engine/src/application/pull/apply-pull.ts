import { Injectable } from '@nestjs/common';
import { allSettledOrThrow, Clock, traced } from '@app/kernel';
import type { Admitted } from '../../domain/admit-files';
import { baseAfter } from '../../domain/base-after';
import type { Decision } from '../../domain/decision';
import { quarantinedBy, releasedBy } from '../../domain/quarantine-after';
import { isSentAgain } from '../../domain/refused-commit';
import type { BaseEntry } from '../../domain/reconcile';
import { counted, progressed, type Run } from '../../domain/run';
import { countsOfPull } from '../../domain/run-counts';
import { FlaggedFiles } from '../guards/flagged-files';
import { QuarantineFiles } from '../guards/quarantine-files';
import type { Checkpoint, SyncPass } from '../pass/sync-pass';
import { BaseEntries } from '../ports/base-entries.port';
import type { StatePatch } from '../ports/sync-states.port';
import { AdmitFiles } from './admit-files';
import type { RemoteChanges } from './remote-changes';
import { withOwnChange } from './own-changes';
import { RecordConflicts } from './record-conflicts';
import { StorePulled } from './store-pulled';
import { withPlaces } from './with-places';

/** Record that goes with the last decisions of a pull. */
export interface PullEnd {
  readonly patch?: StatePatch;
  /** Paths that were read and are as the base says. */
  readonly unchanged?: readonly string[];
  /** The base of paths whose deletion waits for a person. */
  readonly aside?: ReadonlyMap<string, BaseEntry>;
  /** Changes the run. */
  readonly run?: (run: Run) => Run;
}

/** Applies decisions to Dot: the change, the base, conflicts and quarantine, in one checkpoint. */
@Injectable()
export class ApplyPull {
  constructor(
    private readonly admitFiles: AdmitFiles,
    private readonly storePulled: StorePulled,
    private readonly recordConflicts: RecordConflicts,
    private readonly flaggedFiles: FlaggedFiles,
    private readonly base: BaseEntries,
    private readonly quarantine: QuarantineFiles,
    private readonly clock: Clock,
  ) {}

  /**
   * Returns the revision of the change that was made; null if there was nothing to change. A path that the store cannot hold
   * is decided again.
   * @throws VersionConflict, QuotaExceeded
   */
  async execute(
    pass: SyncPass,
    changes: RemoteChanges,
    decisions: readonly Decision[],
    end: PullEnd = {},
  ): Promise<number | null> {
    return withPlaces(decisions, async (placed) =>
      this.record(pass, changes, await this.admitFiles.execute(pass.org, placed), end),
    );
  }

  private async record(
    pass: SyncPass,
    changes: RemoteChanges,
    admitted: Admitted,
    { patch = {}, unchanged = [], aside = new Map(), run: noted = (run) => run }: PullEnd,
  ): Promise<number | null> {
    const { org } = pass;
    const { decisions } = admitted;
    const head = changes.head?.id ?? null;
    const heldLocally = [...changes.quarantined.values()]
      .filter((file) => file.side === 'local' && !isSentAgain(file))
      .map(({ path }) => path);
    const stay = await this.flaggedFiles.still(org, heldLocally);
    const values = { 'gitlab_sync.org': org, 'gitlab_sync.run': pass.run.id };
    let made: number | null = null;
    await traced('gitlab_sync.store', values, (span) =>
      pass.checkpoint(async (): Promise<Checkpoint> => {
        const [change] = await allSettledOrThrow(
          this.storePulled.execute(pass, changes, admitted),
          this.base.agree(org, new Map([...baseAfter(decisions, head), ...aside])),
        );
        if (unchanged.length && head) await this.base.noteSeen(org, unchanged, head);
        made = change?.revision ?? null;
        if (change)
          span.note({ 'gitlab_sync.revision': change.revision, 'gitlab_sync.files': change.versions.length });
        await this.recordConflicts.execute(pass, decisions, change);
        const released = releasedBy(decisions, changes);
        await this.quarantine.letIn(org, [...released, ...heldLocally.filter((path) => !stay.has(path))]);
        await this.quarantine.keepOut(org, quarantinedBy(decisions, this.clock.now()));
        const obstacleGone = released.length > 0 || heldLocally.length > 0;
        return {
          state: {
            ...(obstacleGone && { snapshotDue: true }),
            ...pass.taken(change),
            ...patch,
            ...withOwnChange({ ...pass.state, ...patch }, made),
          },
          run: (run) =>
            noted(progressed(counted(run, countsOfPull(decisions)), decisions.length, changes.changed.size)),
        };
      }),
    );
    return made;
  }
}
