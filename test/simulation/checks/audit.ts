import type { Change } from '@app/context-store';
import { NO_COMMIT, type Push } from '@app/fake-gitlab';
import { blobOf, Scope } from '@app/kernel';
import type { SyncState } from '@app/sync-engine/testing';
import type { World } from '../world/world';
import { asGitLabStores, type GitCommit } from './git-view';
import { ReviewAudit } from './reviews';

/** A commit of ours, in the order they were made. */
export interface OwnCommit {
  readonly id: string;
  readonly changeId: string;
  /** The state that it was computed against. */
  readonly base: string | null;
  /** Git had forgotten that commit, so that GitLab could not compare with it. */
  readonly blind: boolean;
  /** Sent by a process that had lost its lease by the time GitLab got to it. */
  readonly outdated: boolean;
  /** The sync state at the time of the change. */
  readonly targetId: string | null;
  /** The branch that got it; a work branch, with the commit that it started from. */
  readonly line: string;
}

type Cycle = NonNullable<NonNullable<SyncState['proposal']>['cycle']>;

/** Watches the history, and notes facts that could not be derived afterwards. */
export class Audit {
  /** Every commit made through the API. */
  readonly own: OwnCommit[] = [];
  /** Every commit there ever was, also when Git has forgotten it. */
  readonly commits = new Map<string, GitCommit>();
  /**
   * Maps commits of ours that a person took off the branch to the older commit that it then had. No call under another lease
   * came between.
   */
  readonly setBack = new Map<string, string>();
  /** Absent in histories without merge requests. */
  readonly reviews: ReviewAudit | undefined;
  private seen: { readonly targetId: string | null; readonly compared: boolean; readonly pushed: number } = {
    targetId: null,
    compared: false,
    pushed: 0,
  };
  private cycle: Cycle | null = null;
  /** The fencing number behind the newest commit of ours, and the number of calls that had got to GitLab by then. */
  private sent: { readonly fence: number | undefined; readonly calls: number } = {
    fence: undefined,
    calls: 0,
  };

  constructor(private readonly world: World) {
    this.reviews = world.publish === 'merge_request' ? new ReviewAudit(world) : undefined;
    world.gitlab.pushes.onPush((push) => {
      const { project, branch, after, user } = push;
      if (after === NO_COMMIT && user.username === 'ada') this.reviews?.judge(push, null);
      if (after === NO_COMMIT) return;
      this.keep(project.repository.objects, after);
      if (this.isSetBack(push)) this.setBack.set(push.before, after);
      const { message } = this.commits.get(after)!;
      if (user.username !== 'ada') return;
      const base = world.requests.get(message)?.base ?? null;
      const blind = base !== null && !project.repository.objects.commit(base);
      this.own.push({
        id: after,
        changeId: changeIdOf(message),
        base,
        blind,
        outdated: world.outdated,
        targetId: this.seen.targetId,
        line: this.cycle?.branch === branch ? `${branch} from ${this.cycle.start}` : branch,
      });
      this.sent = { fence: world.fence, calls: world.reached.length };
      this.reviews?.judge(push, base);
    });
  }

  private isSetBack({ project, before, after }: Push): boolean {
    const { fence, calls } = this.sent;
    const others = this.world.reached.slice(calls).some((other) => other !== fence);
    if (this.own.at(-1)?.id !== before || others) return false;
    return project.repository.history.ancestors([before]).has(after);
  }

  /** Changes that are no longer pending must be commits, or have a reason not to be. */
  async look(): Promise<void> {
    const { web, org } = this.world;
    const state = await web.engine.states.load(org);
    await this.reviews?.look(state);
    const { targetId, directories, pushedRevision, proposal } = state;
    this.cycle = proposal?.cycle ?? null;
    const before = this.seen;
    this.seen = { targetId, compared: directories !== null, pushed: pushedRevision };
    // The first comparison sends Dot's files as a whole.
    if (!before.compared || before.targetId !== targetId || pushedRevision === before.pushed) return;
    // A person discarded the proposal, or changes that have not landed are sent again.
    if (proposal?.landedRevision === pushedRevision) return;
    if (pushedRevision < before.pushed) {
      this.world.failures.push(`pushed revision went back from ${before.pushed} to ${pushedRevision}`);
      return;
    }
    const changes = await web.store.changesAfter(org, before.pushed, pushedRevision - before.pushed);
    for (const change of changes)
      if (change.revision <= pushedRevision) await this.judge(change, new Scope(directories!), state);
  }

  private keep(objects: { commit(id: string): GitCommit | undefined }, head: string): void {
    for (const left = [head]; left.length;) {
      const commit = objects.commit(left.pop()!);
      if (!commit || this.commits.has(commit.id)) continue;
      this.commits.set(commit.id, commit);
      left.push(...commit.parents);
    }
  }

  private async judge(change: Change, scope: Scope, { snapshotDue, proposal }: SyncState): Promise<void> {
    const { id, origin, revision, versions } = change;
    if (origin === 'gitlab' || this.own.some(({ changeId }) => changeId === id)) return;
    const { web, org } = this.world;
    const agreed = await web.engine[proposal?.cycle ? 'workBase' : 'base'].all(org);
    const held = await web.engine.findings.quarantined(org);
    const last = new Map(
      versions.filter(({ op }) => op !== 'keep').map((version) => [version.path, version]),
    );
    for (const { path, blob } of last.values()) {
      if (!scope.contains(path) || held.has(path)) continue;
      const base = agreed.get(path);
      if ((base?.supersededUpTo ?? 0) >= revision) continue;
      // GitLab refused the change without naming a file: the files that differ from the base are sent in smaller commits.
      if (snapshotDue && (base?.local ?? null) !== blob) continue;
      const content = blob && (await web.store.contents(org, [blob])).get(blob)!;
      if ((base?.remote ?? null) === (content && blobOf(asGitLabStores(content)))) continue;
      this.world.failures.push(`change ${revision} to ${path} was passed over: no commit, not superseded`);
    }
  }
}

export function changeIdOf(message: string): string {
  return /^Dot-Change-Id: (\S+)$/m.exec(message)?.[1] ?? '';
}
