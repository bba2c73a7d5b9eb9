import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import {
  ContextStore,
  PathNotAllowed,
  QuotaExceeded,
  VersionConflict,
  type Change,
  type Edit,
} from '@app/context-store';
import { GitLabAnswerInvalid, type Commit } from '@app/gitlab';
import { Clock, EventBus, allSettledOrThrow, Transactions, type Blob, type OrgId } from '@app/kernel';
import type { ConflictFound } from '../../domain/events';
import { NAME_TAKEN, QUOTA_EXCEEDED, type Conflict, type Quarantined } from '../../domain/findings';
import { isFullComparisonDue, nextFullComparison } from '../../domain/full-comparison';
import { isMassDelete } from '../../domain/mass-delete';
import { isSentAgain } from '../../domain/refused-commit';
import { counted, progressed, type RunCounts } from '../../domain/run';
import { inspectedAgain, type SyncState } from '../../domain/sync-state';
import { KeptMoving, MassDeleteUnconfirmed } from '../../domain/sync.errors';
import { takesGitLabs, type Admitted } from './admit-files';
import { Findings } from '../ports/findings.port';
import { PushGuards } from '../guards/push-guards';
import {
  DiscoverRemote,
  type Decision,
  type RemoteChanges,
  type DiscoverRequest,
  type Unseen,
} from './discover-remote';
import { SyncStates, type BaseEntry, type StatePatch } from '../ports/sync-states.port';
import type { Checkpoint, SyncPass } from '../pass/sync-pass';

/** A first pull of very many bytes is settled in several changes, so that memory stays bounded. */
const CHUNK_BYTES = 32 * 1024 * 1024;
/** How often both sides may move under our eyes before the org has to wait for its next turn. */
const LOOKS = 5;

/** What is recorded together with the new base. */
interface Aim {
  readonly patch?: StatePatch;
  readonly last?: boolean;
  /** Paths that were read and are as the base says. */
  readonly unchanged?: readonly string[];
}

/** Takes what GitLab's branch became into Dot, and moves the base; from any base to any head. */
@Injectable()
export class PullChanges {
  constructor(
    private readonly discover: DiscoverRemote,
    private readonly states: SyncStates,
    private readonly store: ContextStore,
    private readonly findings: Findings,
    private readonly guards: PushGuards,
    private readonly transactions: Transactions,
    private readonly events: EventBus,
    private readonly clock: Clock,
  ) {}

  /** Pulls what changed since the base; `last` where the run ends with it. @throws MassDeleteUnconfirmed, BranchGone, KeptMoving */
  async execute(pass: SyncPass, { last = false } = {}): Promise<void> {
    do {
      const all = isFullComparisonDue(pass.state, this.clock.now());
      await this.settle(pass, all ? null : pass.state.baseCommit, async () => ({ last }));
    } while (last && !pass.isFinished); // what was deleted made room for files that wait
  }

  /** Reads these paths again, whatever comparisons told: GitLab refuses to have them replaced. */
  async readAgain(pass: SyncPass, paths: readonly string[]): Promise<void> {
    try {
      await this.settle(pass, pass.state.baseCommit, async () => ({}), paths);
    } catch (error) {
      // One answer that does not have a file is not enough to delete it.
      if (!(error instanceof GitLabAnswerInvalid)) throw error;
      await this.settle(pass, null, async () => ({}), paths);
    }
  }

  /** What a commit of ours replaced though nobody here had seen it; to be kept by `keep`. */
  unseenAt(
    { org, gitlab, repo }: SyncPass,
    commit: string,
    paths: readonly string[],
    quarantined: ReadonlySet<string>,
  ): Promise<Unseen | null> {
    return this.discover.unseenAt({ org, gitlab, repo }, commit, paths, quarantined);
  }

  /** Keeps those texts as losers of a conflict. Joins the caller's transaction. */
  async keep(pass: SyncPass, { head, decisions }: Unseen): Promise<void> {
    const change = await this.commit(pass, { head, commits: [head] }, { decisions });
    await this.noteConflicts(pass, decisions, change);
  }

  /** Takes what could not be taken before because Dot had a file or directory in its place. */
  async takeFreed(pass: SyncPass): Promise<void> {
    if ((await this.discover.freed(pass.org)).size) await this.execute(pass);
  }

  /** Compares everything in scope; `patch` is recorded together with the new base, and told up to which revision Dot was seen. */
  async compareAll(pass: SyncPass, patch: (seen: number) => StatePatch): Promise<void> {
    await this.settle(pass, null, async () => ({ patch: patch(await this.store.revision(pass.org)) }));
  }

  private async settle(
    pass: SyncPass,
    since: string | null,
    aim: () => Promise<Aim>,
    doubted: readonly string[] = [],
  ): Promise<void> {
    const request: DiscoverRequest = {
      org: pass.org,
      gitlab: pass.gitlab,
      repo: pass.repo,
      scope: pass.target.scope,
      since,
      own: pass.state.inFlight?.made ?? null,
      doubted,
      policy: pass.state.directories === null ? pass.target.onConflict : 'newest',
    };
    for (let look = 0; look < LOOKS; look++) {
      try {
        return await this.settleOnce(pass, request, await aim());
      } catch (error) {
        // Dot was edited meanwhile: decide again
        if (!(error instanceof VersionConflict || error instanceof QuotaExceeded)) throw error;
      }
    }
    throw new KeptMoving();
  }

  private async settleOnce(pass: SyncPass, request: DiscoverRequest, { patch, last }: Aim): Promise<void> {
    const sight = await this.discover.discover(request);
    const deletions: Decision[] = [];
    const created = new Set<Blob>();
    let waiting: Pick<SyncState, 'inspectRetryAt'> = { inspectRetryAt: null };
    const unchanged = new Set(sight.tree ? request.doubted : sight.changed.keys());
    let chunk: Decision[] = [];
    let bytes = 0;
    for await (const decision of this.discover.decide(request, sight)) {
      unchanged.delete(decision.path);
      if (decision.kind === 'take' && decision.content === null) {
        deletions.push(decision);
        continue;
      }
      chunk.push(decision);
      if (decision.kind === 'quarantine') waiting = inspectedAgain(waiting, [decision], this.clock.now());
      if (decision.kind === 'take' && decision.gitlab) created.add(decision.gitlab);
      bytes += 'content' in decision ? (decision.content?.length ?? 0) : 0;
      if (bytes < CHUNK_BYTES) continue;
      await this.record(pass, sight, chunk, {});
      [chunk, bytes] = [[], 0];
    }
    await this.checkMassDelete(pass, deletions, created);
    const head = sight.head?.id ?? null;
    const makesRoom = deletions.length > 0 && waitsForRoom(sight);
    const moved = sight.tree || head !== pass.state.baseCommit;
    await this.record(pass, sight, [...deletions, ...chunk], {
      patch: {
        ...(moved && nextFullComparison(pass.state, sight.tree !== null, this.clock.now())),
        ...(sight.lfsRules !== undefined && { lfsRules: sight.lfsRules }),
        ...patch,
        ...waiting,
        ...(request.own && { inFlight: null }),
        baseCommit: head,
      },
      unchanged: [...unchanged],
      last: last && !makesRoom,
    });
  }

  private async checkMassDelete(
    pass: SyncPass,
    deletions: readonly Decision[],
    created: ReadonlySet<Blob>,
  ): Promise<void> {
    const real = deletions.filter(({ dot }) => dot !== null && !created.has(dot)).length;
    if (pass.run.confirmed || !real) return;
    const files = await this.states.countInDot(pass.org);
    if (isMassDelete(real, files)) throw new MassDeleteUnconfirmed(real, files);
  }

  /** Writes the decisions as one change, moves the base of their paths; a path the store cannot hold is quarantined instead. */
  private async record(
    pass: SyncPass,
    sight: RemoteChanges,
    decisions: readonly Decision[],
    aim: Aim,
  ): Promise<void> {
    try {
      await this.write(pass, sight, await this.discover.admit(pass.org, decisions), aim);
    } catch (error) {
      const refused =
        error instanceof PathNotAllowed &&
        decisions.find(({ path, kind }) => path === error.path && kind !== 'quarantine');
      if (!refused) throw error;
      await this.record(
        pass,
        sight,
        decisions.map((decision) => (decision === refused ? withoutPlace(refused, error.why) : decision)),
        aim,
      );
    }
  }

  private async write(pass: SyncPass, sight: RemoteChanges, admitted: Admitted, aim: Aim): Promise<void> {
    const { patch, last, unchanged = [] } = aim;
    const { org } = pass;
    const heldInDot = [...sight.quarantined.values()]
      .filter((file) => file.side === 'dot' && !isSentAgain(file))
      .map(({ path }) => path);
    // The push that follows checks them again; without one, they would be forgotten.
    const stay = pass.target.autoSync ? new Set<string>() : await this.guards.stillFlagged(org, heldInDot);
    const loose = heldInDot.filter((path) => !stay.has(path));
    const { decisions } = admitted;
    const work = async (): Promise<Checkpoint> => {
      const [change] = await allSettledOrThrow(
        this.commit(pass, sight, admitted),
        this.states.agree(org, basesAfter(decisions, sight.head?.id ?? null)),
      );
      if (unchanged.length && sight.head) await this.states.noteSeen(org, unchanged, sight.head.id);
      const revision = change?.revision ?? (await this.store.revision(org));
      await this.noteConflicts(pass, decisions, change);
      const mended = await this.noteQuarantine(pass, sight, decisions, loose);
      const obstacleGone = mended || heldInDot.length > 0;
      return {
        state: {
          // Our own change needs no replay where nothing made in Dot waits before it.
          ...(change && pass.state.pushedRevision === revision - 1 && { pushedRevision: revision }),
          ...(obstacleGone && { snapshotDue: true }),
          ...patch,
        },
        run: (run) => progressed(counted(run, countsOf(decisions)), decisions.length, sight.changed.size),
      };
    };
    await pass.checkpoint(work, { last });
  }

  /** One change per run (and chunk), by the author and at the time of the head commit. */
  private async commit(
    pass: SyncPass,
    { head, commits }: Pick<RemoteChanges, 'head' | 'commits'>,
    { decisions, quota }: Admitted,
  ): Promise<Change | null> {
    const edits = decisions.flatMap((decision) => editOf(decision));
    if (!edits.length || !head) return null;
    const touched = decisions.filter((decision) => takesGitLabs(decision));
    const change = await this.store.commit(pass.org, {
      id: randomUUID(),
      author: head.author,
      message: messageOf(commits.length ? commits : [head]),
      origin: 'gitlab',
      at: head.committedAt,
      edits,
      expected: new Map(touched.map(({ path, dot }) => [path, dot])),
      quota,
      runId: pass.run.id,
      commit: head.id,
    });
    await this.refuseIfMoved(pass.org, touched, change);
    return change.versions.length ? change : null;
  }

  /** A path that was changed in Dot after it was looked at, be it back to what it was, has to be decided anew. @throws VersionConflict */
  private async refuseIfMoved(
    org: OrgId,
    [first, ...others]: readonly Decision[],
    made: Change,
  ): Promise<void> {
    if (!first) return;
    const { asOf } = first;
    const between = made.versions.length ? made.revision - 1 - asOf : made.revision - asOf;
    if (between <= 0) return;
    const paths = new Set([first, ...others].map(({ path }) => path));
    const moved = (await this.store.changesAfter(org, asOf, between))
      .flatMap(({ versions }) => versions.map(({ path }) => path))
      .filter((path) => paths.has(path));
    if (moved.length) throw new VersionConflict(moved);
  }

  private async noteConflicts(
    pass: SyncPass,
    decisions: readonly Decision[],
    change: Change | null,
  ): Promise<void> {
    for (const decision of decisions) {
      if (decision.kind !== 'conflict') continue;
      const { path, winner } = decision;
      const kept =
        winner === 'dot' ? keptOfGitLab(decision, change) : await this.keptOfDot(pass.org, decision);
      if (!kept) continue;
      const conflict: Conflict = {
        id: randomUUID(),
        path,
        at: this.clock.now(),
        winner,
        runId: pass.run.id,
        kept,
      };
      await this.findings.addConflict(pass.org, conflict);
      const event: ConflictFound = { name: 'conflict.found.v1', org: pass.org, path, winner };
      this.transactions.afterCommit(() => this.events.publish(event));
    }
  }

  private async keptOfDot(org: OrgId, { path, dotFile }: ConflictDecision): Promise<Conflict['kept'] | null> {
    if (dotFile) return { author: dotFile.updatedBy, at: dotFile.updatedAt, version: dotFile.version };
    const deletion = (await this.store.history(org, { path, limit: 2 })).items.find(
      ({ op }) => op === 'delete',
    );
    return deletion ? { author: deletion.author, at: deletion.at, version: deletion.id } : null;
  }

  /** Answers whether something on GitLab stands no longer in the way of a file that only Dot has. `loose`: Dot's files that may go. */
  private async noteQuarantine(
    pass: SyncPass,
    sight: RemoteChanges,
    decisions: readonly Decision[],
    loose: readonly string[],
  ): Promise<boolean> {
    const known = sight.quarantined;
    const quarantined = new Set(
      decisions.filter(({ kind }) => kind === 'quarantine').map(({ path }) => path),
    );
    const decided = new Set(decisions.map(({ path }) => path));
    const mended = [...known.keys()].filter(
      (path) => !quarantined.has(path) && (decided.has(path) || isGone(path, sight)),
    );
    await this.findings.release(pass.org, [...mended, ...loose]);
    const at = this.clock.now();
    const kept = decisions
      .filter((decision) => decision.kind === 'quarantine')
      .map(({ path, gitlab: blob, reason, detail, size }): Quarantined => ({
        ...{ path, side: 'gitlab', blob, reason, detail, at },
        ...(size !== undefined && { size }),
      }));
    await this.findings.quarantineAll(pass.org, kept);
    return mended.length > 0;
  }
}

/** GitLab's file has no place in Dot: where Dot changed the path itself, Dot wins; otherwise the file waits for its place. */
function withoutPlace(refused: Decision, why: string): Decision {
  if (refused.kind === 'conflict') return { ...refused, winner: 'dot' };
  return { ...refused, kind: 'quarantine', reason: NAME_TAKEN, detail: why, base: undefined };
}

const waitsForRoom = ({ quarantined }: RemoteChanges): boolean =>
  [...quarantined.values()].some(({ reason }) => reason === QUOTA_EXCEEDED);

type ConflictDecision = Extract<Decision, { kind: 'conflict' }>;

/** Whether GitLab has nothing there, as far as the look went. */
const isGone = (path: string, { tree, changed }: RemoteChanges): boolean =>
  tree ? !changed.has(path) : changed.get(path) === null;

function editOf(decision: Decision): Edit[] {
  const { path } = decision;
  if (decision.kind === 'conflict' && decision.winner === 'dot') {
    const { content, commit } = decision;
    return [{ op: 'keep', path, content, author: commit.author, at: commit.committedAt }];
  }
  if (!takesGitLabs(decision) || !('content' in decision)) return [];
  if (decision.content !== null) return [{ op: 'put', path, content: decision.content }];
  return decision.dot === null ? [] : [{ op: 'delete', path }];
}

function keptOfGitLab({ path, commit }: ConflictDecision, change: Change | null): Conflict['kept'] | null {
  const version = change?.versions.find((version) => version.path === path && version.op === 'keep');
  return version ? { author: commit.author, at: commit.committedAt, version: version.id } : null;
}

/**
 * What both sides agree on from here. Where Dot won, or keeps its last good version, Dot's base stays, so that Dot still counts
 * as changed or unchanged as it did; its pending changes to that path go on. Everywhere else those that were looked at are settled.
 */
function basesAfter(decisions: readonly Decision[], seenAt: string | null): Map<string, BaseEntry> {
  return new Map(
    decisions.map((decision): [string, BaseEntry] => {
      const { path, gitlab } = decision;
      if (decision.kind === 'quarantine' || (decision.kind === 'conflict' && decision.winner === 'dot'))
        return [path, { gitlab, dot: decision.base?.dot ?? null, supersededUpTo: 0, seenAt }];
      const dot = decision.kind === 'agree' ? decision.dot : gitlab;
      return [path, { gitlab, dot, supersededUpTo: decision.asOf, seenAt }];
    }),
  );
}

function countsOf(decisions: readonly Decision[]): Partial<RunCounts> {
  const count = (matches: (decision: Decision) => boolean) => decisions.filter(matches).length;
  return {
    created: count((decision) => takesGitLabs(decision) && decision.dot === null),
    updated: count((decision) => takesGitLabs(decision) && decision.dot !== null && decision.gitlab !== null),
    deleted: count((decision) => takesGitLabs(decision) && decision.dot !== null && decision.gitlab === null),
    unchanged: count(({ kind }) => kind === 'agree'),
    conflicts: count(({ kind }) => kind === 'conflict'),
    quarantined: count(({ kind }) => kind === 'quarantine'),
  };
}

/** A single commit's message as it is; several are listed, oldest first. */
function messageOf(commits: readonly Commit[]): string {
  if (commits.length === 1) return commits[0].message;
  const titles = commits
    .slice(-20)
    .map(({ message, author }) => `- ${message.split('\n', 1)[0]} (${author.name})`);
  return [`${commits.length} commits from GitLab`, '', ...titles].join('\n');
}
