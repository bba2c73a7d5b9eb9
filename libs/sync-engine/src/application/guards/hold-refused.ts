import { Injectable } from '@nestjs/common';
import { GitLabUnavailable, PushRefused, type CommitAction } from '@app/gitlab';
import { blobOf, Clock, type Blob, type OrgId } from '@app/kernel';
import { ancestors, inTheWay, type Blocker } from '../../domain/commit-plan';
import type { Quarantined } from '../../domain/findings';
import type { BaseEntry } from '../../domain/reconcile';
import { refusal, refusedPaths } from '../../domain/refused-commit';
import { counted } from '../../domain/run';
import { refusedOnceMore } from '../../domain/sync-state';
import { SyncEngineSettings } from '../sync-engine.settings';
import { BaseEntries } from '../ports/base-entries.port';
import type { SyncPass } from '../pass/sync-pass';
import { isGone } from '../work-branch/branch-lost';
import { QuarantineFiles } from './quarantine-files';

/** Holds back the files that GitLab refuses for good, so that the other files still sync. */
@Injectable()
export class HoldRefused {
  constructor(
    private readonly base: BaseEntries,
    private readonly quarantine: QuarantineFiles,
    private readonly clock: Clock,
    private readonly settings: SyncEngineSettings,
  ) {}

  /**
   * Returns `unclear` if GitLab does not say which of the commit's paths it refuses; nothing is held then. Throws any other error
   * again, unless something in the way of a path explains it.
   */
  async execute(
    pass: SyncPass,
    actions: readonly CommitAction[],
    error: unknown,
  ): Promise<'held' | 'unclear'> {
    const blobs = new Map(actions.flatMap(blobsOf));
    if (error instanceof PushRefused) {
      const paths = refusedPaths(error.said, [...blobs.keys()]);
      if (paths) await this.hold(pass, blobs, new Map(paths.map((path) => [path, refusal(error.said)])));
      else await pass.checkpoint(async () => this.markAhead(pass.org, blobs));
      return paths ? 'held' : 'unclear';
    }
    // GitLab does not explain such a refusal: it looks like an outage.
    const unexplained = error instanceof GitLabUnavailable && error.outcomeUnknown;
    const notCreated = pass.createsBranch && isGone(pass.repo.branch, error);
    if (!(unexplained || notCreated) || !(await this.holdUnplaceable(pass, actions))) throw error;
    return 'held';
  }

  /** Holds back files that GitLab cannot hold, because a parent of their path is no directory; false if there are none. */
  async holdUnplaceable(pass: SyncPass, actions: readonly CommitAction[]): Promise<boolean> {
    const added = actions.filter(({ op }) => op === 'create' || op === 'move').map(({ path }) => path);
    if (!added.length) return false;
    const tree = await pass.gitlab.tree(pass.repo, await this.headOf(pass));
    const holds = added.flatMap((path): [string, Blocker][] => {
      const parent = ancestors(path).find((directory) => tree.has(directory));
      return parent ? [[path, inTheWay(parent, tree.get(parent)!.kind)]] : [];
    });
    if (holds.length) await this.hold(pass, new Map(actions.flatMap(blobsOf)), new Map(holds));
    return holds.length > 0;
  }

  /** A work branch that is to be created starts from the base commit. */
  private async headOf({ createsBranch, gitlab, repo, state }: SyncPass): Promise<string> {
    if (createsBranch) return state.baseCommit!;
    return (await gitlab.branch(repo.projectId, repo.branch)).head.id;
  }

  private async hold(
    pass: SyncPass,
    blobs: ReadonlyMap<string, Blob | null>,
    holds: ReadonlyMap<string, Blocker>,
  ): Promise<void> {
    const at = this.clock.now();
    const held = new Map([...blobs].filter(([path]) => holds.has(path)));
    await pass.checkpoint(async () => {
      await this.markAhead(pass.org, held);
      const files = [...holds].map(([path, { reason, detail }]): Quarantined => {
        return { path, side: 'local', blob: held.get(path) ?? null, reason, detail, at };
      });
      await this.quarantine.keepOut(pass.org, files);
      return {
        state: { inFlight: null, ...refusedOnceMore(pass.state, at, this.settings.random()) },
        run: (run) => counted(run, { quarantined: holds.size }),
      };
    });
  }

  /** Makes Dot's copy differ from the base, so that it is sent later without the change that carried it. */
  private async markAhead(org: OrgId, blobs: ReadonlyMap<string, Blob | null>): Promise<object> {
    const base = await this.base.around(org, [...blobs.keys()]);
    const equal = [...blobs].flatMap(([path, blob]): [string, BaseEntry][] => {
      const agreed = base.get(path);
      if (agreed?.local !== blob) return [];
      const { deletionWaits: _, ...entry } = agreed;
      return [[path, { ...entry, local: blob === null ? agreed.remote : null }]];
    });
    if (equal.length) await this.base.agree(org, new Map(equal));
    return {};
  }
}

/** Returns the blob each path of an action would get; null for a deletion. */
function blobsOf(action: CommitAction): [string, Blob | null][] {
  const content = 'content' in action ? action.content : undefined;
  const written: [string, Blob | null] = [action.path, content ? blobOf(content) : null];
  return action.op === 'move' ? [[action.from, null], written] : [written];
}
