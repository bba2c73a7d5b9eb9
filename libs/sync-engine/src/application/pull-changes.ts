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
import type { Commit } from '@app/gitlab';
import { Clock, EventBus, together, Transactions, type Blob, type OrgId } from '@app/kernel';
import type { ConflictFound } from '../domain/events';
import { NAME_TAKEN, QUOTA_EXCEEDED, type Conflict, type Quarantined } from '../domain/findings';
import { isMassDelete } from '../domain/mass-delete';
import { isSentAgain } from '../domain/refused-commit';
import { counted, progressed, type RunCounts } from '../domain/run';
import { KeptMoving, MassDeleteUnconfirmed } from '../domain/sync.errors';
import { takesGitLabs, type Admitted } from './admit-files';
import { Findings } from './findings.port';
import { HoldBack } from './hold-back';
import { Survey, type Decision, type Sight, type SurveyRequest, type Unseen } from './survey';
import { SyncStates, type AgreedPath, type StatePatch } from './sync-states.port';
import type { Recording, Turn } from './turn';

/** A first pull of very many bytes is settled in several changes, so that memory stays bounded. */
const CHUNK_BYTES = 32 * 1024 * 1024;
/** How often both sides may move under our eyes before the org has to wait for its next turn. */
const LOOKS = 5;

/** What is recorded together with the new base. */
interface Aim {
  readonly patch?: StatePatch;
  readonly last?: boolean;
}

/** Takes what GitLab's branch became into Dot, and moves the base; from any base to any head. */
@Injectable()
export class PullChanges {
  constructor(
    private readonly survey: Survey,
    private readonly states: SyncStates,
    private readonly store: ContextStore,
    private readonly findings: Findings,
    private readonly holdBack: HoldBack,
    private readonly transactions: Transactions,
    private readonly events: EventBus,
    private readonly clock: Clock,
  ) {}

  /** Pulls what changed since the base; `last` where the run ends with it. @throws MassDeleteUnconfirmed, BranchGone, KeptMoving */
  async execute(turn: Turn, { last = false } = {}): Promise<void> {
    do await this.settle(turn, turn.state.baseCommit, async () => ({ last }));
    while (last && !turn.over); // what was deleted made room for files that wait
  }

  /** What a commit of ours replaced though nobody here had seen it; to be kept by `keep`. */
  unseenAt(
    { org, gitlab, repo }: Turn,
    commit: string,
    paths: readonly string[],
    quarantined: ReadonlySet<string>,
  ): Promise<Unseen | null> {
    return this.survey.unseenAt({ org, gitlab, repo }, commit, paths, quarantined);
  }

  /** Keeps those texts as losers of a conflict. Joins the caller's transaction. */
  async keep(turn: Turn, { head, decisions }: Unseen): Promise<void> {
    const change = await this.commit(turn, { head, commits: [head] }, { decisions });
    await this.noteConflicts(turn, decisions, change);
  }

  /** Takes what could not be taken before because Dot had a file or directory in its place. */
  async takeFreed(turn: Turn): Promise<void> {
    if ((await this.survey.freed(turn.org)).size) await this.execute(turn);
  }

  /** Compares everything in scope; `patch` is recorded together with the new base, and told up to which revision Dot was seen. */
  async compareAll(turn: Turn, patch: (seen: number) => StatePatch): Promise<void> {
    await this.settle(turn, null, async () => ({ patch: patch(await this.store.revision(turn.org)) }));
  }

  private async settle(turn: Turn, since: string | null, aim: () => Promise<Aim>): Promise<void> {
    const request: SurveyRequest = {
      org: turn.org,
      gitlab: turn.gitlab,
      repo: turn.repo,
      scope: turn.target.scope,
      since,
      own: turn.state.inFlight?.made ?? null,
      policy: turn.state.directories === null ? turn.target.onConflict : 'newest',
    };
    for (let look = 0; look < LOOKS; look++) {
      try {
        return await this.settleOnce(turn, request, await aim());
      } catch (error) {
        // Dot was edited meanwhile: decide again
        if (!(error instanceof VersionConflict || error instanceof QuotaExceeded)) throw error;
      }
    }
    throw new KeptMoving();
  }

  private async settleOnce(turn: Turn, request: SurveyRequest, { patch, last }: Aim): Promise<void> {
    const sight = await this.survey.look(request);
    const deletions: Decision[] = [];
    const created = new Set<Blob>();
    let chunk: Decision[] = [];
    let bytes = 0;
    for await (const decision of this.survey.decide(request, sight)) {
      if (decision.kind === 'take' && decision.content === null) {
        deletions.push(decision);
        continue;
      }
      chunk.push(decision);
      if (decision.kind === 'take' && decision.gitlab) created.add(decision.gitlab);
      bytes += 'content' in decision ? (decision.content?.length ?? 0) : 0;
      if (bytes < CHUNK_BYTES) continue;
      await this.record(turn, sight, chunk, {});
      [chunk, bytes] = [[], 0];
    }
    await this.checkMassDelete(turn, deletions, created);
    const head = sight.head?.id ?? null;
    const makesRoom = deletions.length > 0 && waitsForRoom(sight);
    await this.record(turn, sight, [...deletions, ...chunk], {
      patch: { ...patch, ...(request.own && { inFlight: null }), baseCommit: head },
      last: last && !makesRoom,
    });
  }

  private async checkMassDelete(
    turn: Turn,
    deletions: readonly Decision[],
    created: ReadonlySet<Blob>,
  ): Promise<void> {
    const real = deletions.filter(({ dot }) => dot !== null && !created.has(dot)).length;
    if (turn.run.confirmed || !real) return;
    const files = await this.states.countInDot(turn.org);
    if (isMassDelete(real, files)) throw new MassDeleteUnconfirmed(real, files);
  }

  /** Writes the decisions as one change, moves the base of their paths; a path the store cannot hold is quarantined instead. */
  private async record(turn: Turn, sight: Sight, decisions: readonly Decision[], aim: Aim): Promise<void> {
    try {
      await this.write(turn, sight, await this.survey.admit(turn.org, decisions), aim);
    } catch (error) {
      const refused =
        error instanceof PathNotAllowed &&
        decisions.find(({ path, kind }) => path === error.path && kind !== 'quarantine');
      if (!refused) throw error;
      await this.record(
        turn,
        sight,
        decisions.map((decision) => (decision === refused ? withoutPlace(refused, error.why) : decision)),
        aim,
      );
    }
  }

  private async write(turn: Turn, sight: Sight, admitted: Admitted, { patch, last }: Aim): Promise<void> {
    const { org } = turn;
    const heldInDot = [...sight.quarantined.values()]
      .filter((file) => file.side === 'dot' && !isSentAgain(file))
      .map(({ path }) => path);
    // The push that follows checks them again; without one, they would be forgotten.
    const stay = turn.target.autoSync
      ? new Set<string>()
      : await this.holdBack.stillSuspicious(org, heldInDot);
    const loose = heldInDot.filter((path) => !stay.has(path));
    const { decisions } = admitted;
    const work = async (): Promise<Recording> => {
      const [change] = await together(
        this.commit(turn, sight, admitted),
        this.states.agree(org, basesAfter(decisions)),
      );
      const revision = change?.revision ?? (await this.store.revision(org));
      await this.noteConflicts(turn, decisions, change);
      const mended = await this.noteQuarantine(turn, sight, decisions, loose);
      const obstacleGone = mended || heldInDot.length > 0;
      return {
        state: {
          // Our own change needs no replay where nothing made in Dot waits before it.
          ...(change && turn.state.pushedRevision === revision - 1 && { pushedRevision: revision }),
          ...(obstacleGone && { shipmentDue: true }),
          ...patch,
        },
        run: (run) => progressed(counted(run, countsOf(decisions)), decisions.length, sight.changed.size),
      };
    };
    await turn.record(work, { last });
  }

  /** One change per run (and chunk), by the author and at the time of the head commit. */
  private async commit(
    turn: Turn,
    { head, commits }: Pick<Sight, 'head' | 'commits'>,
    { decisions, quota }: Admitted,
  ): Promise<Change | null> {
    const edits = decisions.flatMap((decision) => editOf(decision));
    if (!edits.length || !head) return null;
    const touched = decisions.filter((decision) => takesGitLabs(decision));
    const change = await this.store.commit(turn.org, {
      id: randomUUID(),
      author: head.author,
      message: messageOf(commits.length ? commits : [head]),
      origin: 'gitlab',
      at: head.committedAt,
      edits,
      expected: new Map(touched.map(({ path, dot }) => [path, dot])),
      quota,
      runId: turn.run.id,
      commit: head.id,
    });
    await this.refuseIfMoved(turn.org, touched, change);
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
    turn: Turn,
    decisions: readonly Decision[],
    change: Change | null,
  ): Promise<void> {
    for (const decision of decisions) {
      if (decision.kind !== 'conflict') continue;
      const { path, winner } = decision;
      const kept =
        winner === 'dot' ? keptOfGitLab(decision, change) : await this.keptOfDot(turn.org, decision);
      if (!kept) continue;
      const conflict: Conflict = {
        id: randomUUID(),
        path,
        at: this.clock.now(),
        winner,
        runId: turn.run.id,
        kept,
      };
      await this.findings.addConflict(turn.org, conflict);
      const event: ConflictFound = { name: 'conflict.found.v1', org: turn.org, path, winner };
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
    turn: Turn,
    sight: Sight,
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
    await this.findings.release(turn.org, [...mended, ...loose]);
    const at = this.clock.now();
    const kept = decisions
      .filter((decision) => decision.kind === 'quarantine')
      .map(({ path, gitlab: blob, reason, detail, size }): Quarantined => ({
        ...{ path, side: 'gitlab', blob, reason, detail, at },
        ...(size !== undefined && { size }),
      }));
    await this.findings.quarantineAll(turn.org, kept);
    return mended.length > 0;
  }
}

/** GitLab's file has no place in Dot: where Dot changed the path itself, Dot wins; otherwise the file waits for its place. */
function withoutPlace(refused: Decision, why: string): Decision {
  if (refused.kind === 'conflict') return { ...refused, winner: 'dot' };
  return { ...refused, kind: 'quarantine', reason: NAME_TAKEN, detail: why, base: undefined };
}

const waitsForRoom = ({ quarantined }: Sight): boolean =>
  [...quarantined.values()].some(({ reason }) => reason === QUOTA_EXCEEDED);

type ConflictDecision = Extract<Decision, { kind: 'conflict' }>;

/** Whether GitLab has nothing there, as far as the look went. */
const isGone = (path: string, { tree, changed }: Sight): boolean =>
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
function basesAfter(decisions: readonly Decision[]): Map<string, AgreedPath> {
  return new Map(
    decisions.map((decision): [string, AgreedPath] => {
      const { path, gitlab } = decision;
      if (decision.kind === 'quarantine')
        return [path, { gitlab, dot: decision.base?.dot ?? null, settledTo: 0 }];
      if (decision.kind === 'conflict' && decision.winner === 'dot') {
        return [path, { gitlab, dot: decision.base?.dot ?? null, settledTo: 0 }];
      }
      return [
        path,
        { gitlab, dot: decision.kind === 'agree' ? decision.dot : gitlab, settledTo: decision.asOf },
      ];
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
