import { Injectable } from '@nestjs/common';
import { ContextStore, VersionConflict } from '@app/context-store';
import type { BaseEntry } from '../../domain/reconcile';
import { KeptMoving, MassDeleteUnconfirmed } from '../../domain/sync.errors';
import type { SyncPass } from '../pass/sync-pass';
import { RunChanges } from '../ports/run-changes.port';
import { BaseEntries } from '../ports/base-entries.port';
import { DeleteWaiting } from '../pull/delete-waiting';
import { PullChanges } from '../pull/pull-changes';
import { PutBackFiles } from '../push/put-back-files';

/** Times that Dot may change the files before the org has to wait for its next pass. */
const TRIES = 5;

interface Waiting {
  /** Revision of Dot at which they were read. */
  readonly revision: number;
  readonly base: ReadonlyMap<string, BaseEntry>;
}

/** Carries out a person's decision about waiting deletions, or asks for one. */
@Injectable()
export class SettleDeletions {
  constructor(
    private readonly base: BaseEntries,
    private readonly store: ContextStore,
    private readonly runChanges: RunChanges,
    private readonly deleteWaiting: DeleteWaiting,
    private readonly pull: PullChanges,
    private readonly putBack: PutBackFiles,
  ) {}

  /** @throws MassDeleteUnconfirmed if it is for this run to ask */
  async execute(pass: SyncPass): Promise<void> {
    if (!pass.state.question) return;
    const { run } = pass;
    const known = await this.waiting(pass);
    const answered = run.confirmed || run.kept;
    if (answered) await this.carryOut(pass);
    const { base } = answered ? await this.waiting(pass) : known;
    if (!base.size) return pass.checkpoint(() => ({ state: { question: null } }));
    if (!this.asks(pass)) return;
    throw new MassDeleteUnconfirmed(base.size, await this.base.countInDot(pass.org), [...base.keys()]);
  }

  /** New deletions are asked about once; a person who pulls is asked again. */
  private asks({ run, state }: SyncPass): boolean {
    if (run.kind !== 'pull') return false;
    return state.question?.runId === null || run.trigger === 'manual' || run.confirmed || run.kept;
  }

  /** Carries out exactly the deletions that the person was shown. */
  private async carryOut(pass: SyncPass): Promise<void> {
    const shown = new Set((await this.runChanges.of(pass.org, pass.run.id)).map(({ path }) => path));
    if (pass.run.kept) await this.putBack.execute(pass, shown);
    else await this.delete(pass, shown);
  }

  private async delete(pass: SyncPass, shown: ReadonlySet<string>): Promise<void> {
    for (let tries = 0; tries < TRIES; tries++) {
      const { revision, base } = await this.waiting(pass);
      const paths = new Map([...base].filter(([path]) => shown.has(path)));
      if (!paths.size) return;
      try {
        await this.deleteWaiting.execute(pass, paths, revision);
        return await this.pull.takeFreed(pass);
      } catch (error) {
        if (!(error instanceof VersionConflict)) throw error; // Dot was edited meanwhile: decide again
      }
    }
    throw new KeptMoving();
  }

  /** A file that Dot changed since counts as an edit: the deletion was earlier. */
  private async waiting(pass: SyncPass): Promise<Waiting> {
    const { org } = pass;
    const all = await this.base.waitingDeletions(org);
    const { revision, files } = await this.store.files(org, [...all.keys()]);
    const isEdited = ([path, { local }]: [string, BaseEntry]) => files.get(path)?.blob !== local;
    const edited = [...all].filter(isEdited);
    if (edited.length) {
      const bases = edited.map(([path, { remote, local, seenAt }]): [string, BaseEntry] => [
        path,
        { remote, local, supersededUpTo: 0, seenAt },
      ]);
      await pass.checkpoint(async () => {
        await this.base.agree(org, new Map(bases));
        return {};
      });
    }
    return { revision, base: new Map([...all].filter((entry) => !isEdited(entry))) };
  }
}
