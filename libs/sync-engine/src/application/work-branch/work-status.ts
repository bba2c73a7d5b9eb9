import { Injectable } from '@nestjs/common';
import { ContextStore } from '@app/context-store';
import { blobOf, type Blob, type OrgId } from '@app/kernel';
import { asGitLabStores } from '../../domain/line-endings';
import {
  equalOnTarget,
  clash,
  fitOf,
  hasMoved,
  isOutdated,
  isProposed,
  isTakenOut,
  type Fit,
  type MovedPath,
} from '../../domain/proposed-entry';
import { isLocalAhead, type BaseEntry } from '../../domain/reconcile';
import type { SyncPass } from '../pass/sync-pass';
import { BaseEntries } from '../ports/base-entries.port';
import { ProposedEntries } from '../ports/proposed-entries.port';
import { WorkFindings } from './work-findings';

export interface WorkStatus {
  /** Paths that merging the work branch would change. */
  readonly proposed: readonly string[];
  /** Says whether the branch merges without a conflict of ours, and what helps if not. */
  readonly fit: Fit;
  /** True if the work branch lost new files that Dot still has. */
  readonly takenOut: boolean;
  /** Bases of the target that have yet to say that both sides are equal. */
  readonly equal: ReadonlyMap<string, BaseEntry>;
  /** True if nothing waits to be pushed. */
  readonly sent: boolean;
  /** True if the target has everything that Dot has, as far as it is pushed. */
  readonly settled: boolean;
}

const NONE: ReadonlySet<string> = new Set();

/** Texts that are read at a time. */
const MOST_TEXTS = 20;

/** Compares the work branch with the target and with Dot. Asks GitLab nothing. */
@Injectable()
export class ReadWorkStatus {
  constructor(
    private readonly base: BaseEntries,
    private readonly proposed: ProposedEntries,
    private readonly store: ContextStore,
    private readonly findings: WorkFindings,
  ) {}

  async execute({ org, state, proposal }: SyncPass): Promise<WorkStatus> {
    const own = await this.proposed.all(org);
    const paths = [...own.keys()];
    const [target, { files }, waiting] = await Promise.all([
      this.base.around(org, paths),
      this.store.files(org, paths),
      this.store.countMadeInDotAfter(org, state.pushedRevision),
    ]);
    const localOf = (path: string): Blob | null => files.get(path)?.blob ?? null;
    const sent = waiting === 0 && !state.snapshotDue;
    const isCompared = sent && !proposal?.refusal;
    const moved = [...own].filter(
      ([path, entry]) =>
        hasMoved(entry, target.get(path)) ||
        (isCompared && isOutdated(entry, target.get(path), localOf(path))),
    );
    const about = (path: string, held: ReadonlySet<string>) => ({
      ...{ path, own: own.get(path)!, target: target.get(path), local: localOf(path), held: held.has(path) },
    });
    const maybeEqual = paths.filter((path) => equalOnTarget(about(path, NONE)));
    const [held, unwritten] = await Promise.all([
      maybeEqual.length ? this.findings.others(org) : NONE,
      moved.length ? this.findings.unwritten(org) : NONE,
    ]);
    const movedPaths = await this.withUnwritable(
      org,
      moved.map(([path]) => about(path, unwritten)),
    );
    const proposed = paths.filter((path) => isProposed(own.get(path)!, target.get(path)));
    const added = proposed.filter((path) => own.get(path)!.remote !== null);
    return {
      proposed,
      fit: clash(added, movedPaths) ? 'renew' : fitOf(movedPaths),
      equal: new Map(
        maybeEqual.flatMap((path) => {
          const equal = equalOnTarget(about(path, held));
          return equal ? [[path, equal] as const] : [];
        }),
      ),
      takenOut: paths.some((path) => isTakenOut(own.get(path)!, target.get(path), localOf(path))),
      sent,
      settled: sent && paths.every((path) => !isLocalAhead(target.get(path), localOf(path))),
    };
  }

  /** Holds paths at which the work branch would have to take a text of the target that GitLab cannot write: its line endings. */
  private async withUnwritable(org: OrgId, moved: readonly MovedPath[]): Promise<MovedPath[]> {
    const taken = moved.flatMap(({ own, target, local }) =>
      local && local === target?.remote && own.local !== local && isProposed(own, target) ? [local] : [],
    );
    const unwritable = new Set<Blob>();
    for (let read = 0; read < taken.length; read += MOST_TEXTS) {
      const texts = await this.store.contents(org, taken.slice(read, read + MOST_TEXTS));
      for (const [blob, text] of texts) if (blobOf(asGitLabStores(text)) !== blob) unwritable.add(blob);
    }
    return moved.map((path) => (unwritable.has(path.local ?? '') ? { ...path, held: true } : path));
  }
}
