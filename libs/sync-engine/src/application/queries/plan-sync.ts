import { Injectable } from '@nestjs/common';
import { ContextStore } from '@app/context-store';
import type { OrgId } from '@app/kernel';
import type { Draft } from '@app/project-config';
import type { Blocker } from '../../domain/commit-plan';
import { isNewerThanLanded, type ConflictDecision, type Decision } from '../../domain/decision';
import { pathsAhead } from '../../domain/paths-ahead';
import { previewOps, type PathChange, type PreviewOp } from '../../domain/preview-ops';
import type { Side } from '../../domain/side';
import type { BaseEntry } from '../../domain/reconcile';
import { ProposalRights } from '../work-branch/proposal-rights';
import { WorkEntries } from '../work-branch/work-entries';
import { PushGuards } from '../guards/push-guards';
import { BaseEntries } from '../ports/base-entries.port';
import { PathWindows } from '../windows/path-windows';
import { ForeseePull, type ForeseenPull } from './foresee-pull';

/** Files whose texts are in memory at a time. */
const BATCH = 200;
/** Files to compare at a time, so that others are answered in between. */
const WINDOW = 1_000;

/** The effect that a full sync would have on each side. */
export interface SyncPlan {
  /** The commit that was read; null for an empty repository. */
  readonly head: string | null;
  readonly push: readonly { readonly path: string; readonly op: PreviewOp }[];
  readonly pull: readonly { readonly path: string; readonly op: PreviewOp }[];
  readonly conflicts: readonly { readonly path: string; readonly winner: Side; readonly reason: string }[];
  readonly quarantined: readonly { readonly path: string; readonly reason: string }[];
  /** Reasons for which GitLab would refuse a merge request, in sentences for a person. */
  readonly warnings: readonly string[];
}

type Of<K extends Decision['kind']> = Extract<Decision, { kind: K }>;

/** Returns the plan of a full sync; changes nothing on either side. */
@Injectable()
export class PlanSync {
  constructor(
    private readonly foreseePull: ForeseePull,
    private readonly windows: PathWindows,
    private readonly base: BaseEntries,
    private readonly store: ContextStore,
    private readonly guards: PushGuards,
    private readonly rights: ProposalRights,
    private readonly work: WorkEntries,
  ) {}

  /** Uses the configured target or a draft. @throws NotConnected, NotConfigured, and GitLab's refusals */
  async execute(org: OrgId, draft?: Draft): Promise<SyncPlan> {
    const foreseen = await this.foreseePull.execute(org, draft);
    const { head, decisions } = foreseen;
    const decided = new Set(decisions.flatMap((each) => (isNewerThanLanded(each) ? [] : each.path)));
    const ahead = await this.ahead(org, foreseen, decided);
    const held = await this.held(org, ahead, foreseen);
    const of = <K extends Decision['kind']>(kind: K) =>
      decisions.filter((decision): decision is Of<K> => decision.kind === kind);
    return {
      head,
      push: previewOps(ahead.filter(({ path }) => !held.has(path))),
      pull: previewOps([
        ...of('take').map(({ path, local, remote }) => ({ path, before: local, after: remote })),
        ...(await this.waiting(org, foreseen, decided)),
      ]),
      conflicts: of('conflict').map((decision) => ({
        path: decision.path,
        winner: decision.winner,
        reason: reasonOf(decision),
      })),
      quarantined: [
        ...of('quarantine').map((decision) => quarantined(decision.path, decision)),
        ...[...held].map(([path, blocker]) => quarantined(path, blocker)),
      ],
      warnings: await this.rights.problems(foreseen.gitlab, foreseen.target),
    };
  }

  /** Finds the files that Dot has to send, without the decided paths. */
  private async ahead(
    org: OrgId,
    { withoutBase, proposes, policy }: ForeseenPull,
    decided: ReadonlySet<string>,
  ): Promise<PathChange[]> {
    const ahead: PathChange[] = [];
    const entries = withoutBase ? null : proposes ? this.work : this.base;
    for await (const { base, files } of this.windows.read(org, WINDOW, { entries }))
      for (const path of pathsAhead(base, files, policy))
        if (!decided.has(path))
          ahead.push({
            path,
            before: base.get(path)?.remote ?? null,
            after: files.get(path)?.blob ?? null,
          });
    return ahead;
  }

  /** Finds the deletions that await a person, without the decided paths. */
  private async waiting(
    org: OrgId,
    { withoutBase }: ForeseenPull,
    decided: ReadonlySet<string>,
  ): Promise<PathChange[]> {
    if (withoutBase) return [];
    const entries = [...(await this.base.waitingDeletions(org))].filter(([path]) => !decided.has(path));
    const { files } = await this.store.files(
      org,
      entries.map(([path]) => path),
    );
    return entries.flatMap(([path, { local }]) =>
      files.get(path)?.blob === local ? [{ path, before: local, after: null }] : [],
    );
  }

  private async held(
    org: OrgId,
    ahead: readonly PathChange[],
    { withoutBase, lfsRules, quarantined }: ForeseenPull,
  ): Promise<Map<string, Blocker>> {
    const written = ahead.filter(({ after }) => after !== null);
    const gone = ahead.filter(({ after }) => after === null).map(({ path }) => path);
    const untouchable = await this.guards.blockers(org, new Map(), [], lfsRules, quarantined);
    const held = new Map(gone.flatMap((path) => entry(path, untouchable.on(path))));
    const leaving = new Set(gone.filter((path) => !held.has(path)));
    for (let start = 0; start < written.length; start += BATCH) {
      const wanted = await this.withContent(org, written.slice(start, start + BATCH));
      const paths = wanted.map(({ path }) => path);
      const known = withoutBase ? new Map<string, BaseEntry>() : await this.base.around(org, paths);
      const obstacles = await this.guards.blockers(org, known, wanted, lfsRules, quarantined);
      for (const { path } of wanted) {
        const hold = obstacles.at(path, leaving);
        if (hold) held.set(path, hold);
      }
    }
    return held;
  }

  private async withContent(org: OrgId, files: readonly PathChange[]) {
    const contents = await this.store.contents(
      org,
      files.flatMap(({ after }) => after ?? []),
    );
    return files.map(({ path, after }) => ({ path, content: contents.get(after ?? '') ?? null }));
  }
}

const entry = (path: string, hold: Blocker | undefined): [string, Blocker][] => (hold ? [[path, hold]] : []);

const quarantined = (path: string, { reason, detail }: Blocker) => ({ path, reason: `${reason}: ${detail}` });

function reasonOf({ winner, remote, local }: ConflictDecision): string {
  const kept = `${winner === 'local' ? "Dot's" : "GitLab's"} is kept, the other stays restorable`;
  if (remote === null) return `edited in Dot, deleted on GitLab; ${kept}`;
  if (local === null) return `deleted in Dot, edited on GitLab; ${kept}`;
  return `changed on both sides; ${kept}`;
}
