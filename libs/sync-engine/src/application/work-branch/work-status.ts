import { Injectable } from '@nestjs/common';
import { ContextStore } from '@app/context-store';
import type { Blob } from '@app/kernel';
import { isProposed, type MovedPath, type ProposedEntry } from '../../domain/proposed-entry';
import { isLocalAhead } from '../../domain/reconcile';
import type { SyncPass } from '../pass/sync-pass';
import { BaseEntries } from '../ports/base-entries.port';
import { ProposedEntries } from '../ports/proposed-entries.port';

export interface WorkStatus {
  /** Paths that merging the work branch would change. */
  readonly proposed: readonly string[];
  /** Paths at which the target has moved since the work branch started. */
  readonly moved: readonly MovedPath[];
  /** True if the target has everything that Dot has, as far as it is pushed. */
  readonly settled: boolean;
}

/** Compares the work branch with the target and with Dot. Asks GitLab nothing. */
@Injectable()
export class ReadWorkStatus {
  constructor(
    private readonly base: BaseEntries,
    private readonly proposed: ProposedEntries,
    private readonly store: ContextStore,
  ) {}

  async execute({ org, state }: SyncPass): Promise<WorkStatus> {
    const own = await this.proposed.all(org);
    const paths = [...own.keys()];
    const [target, { files }, waiting] = await Promise.all([
      this.base.around(org, paths),
      this.store.files(org, paths),
      this.store.countMadeInDotAfter(org, state.pushedRevision),
    ]);
    const localOf = (path: string): Blob | null => files.get(path)?.blob ?? null;
    const hasMoved = ([path, { start }]: [string, ProposedEntry]) =>
      start !== (target.get(path)?.remote ?? null);
    return {
      proposed: paths.filter((path) => isProposed(own.get(path)!, target.get(path))),
      moved: [...own].filter(hasMoved).map(([path, entry]) => ({
        ...{ own: entry, target: target.get(path), local: localOf(path) },
      })),
      settled:
        waiting === 0 &&
        !state.snapshotDue &&
        paths.every((path) => !isLocalAhead(target.get(path), localOf(path))),
    };
  }
}
