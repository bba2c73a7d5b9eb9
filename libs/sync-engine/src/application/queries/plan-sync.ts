import { Injectable } from '@nestjs/common';
import { ContextStore } from '@app/context-store';
import type { OrgId } from '@app/kernel';
import { ProjectConfigService, type SyncTarget } from '@app/project-config';
import type { Blocker } from '../../domain/commit-plan';
import type { Winner } from '../../domain/conflict';
import { reconcilePath } from '../../domain/reconcile';
import { previewOps, type PathChange, type PreviewOp } from '../../domain/preview-ops';
import { comparedAs } from '../../domain/sync-state';
import { PushGuards } from '../guards/push-guards';
import { DiscoverRemote, type Decision } from '../pull/discover-remote';
import { SyncStates, type BaseEntry } from '../ports/sync-states.port';

/** Files whose texts are in memory at a time. */
const BATCH = 200;

export interface SyncPlan {
  /** The commit that was looked at; null for an empty repository. */
  readonly head: string | null;
  readonly push: readonly { readonly path: string; readonly op: PreviewOp }[];
  readonly pull: readonly { readonly path: string; readonly op: PreviewOp }[];
  readonly conflicts: readonly { readonly path: string; readonly winner: Winner; readonly reason: string }[];
  readonly quarantined: readonly { readonly path: string; readonly reason: string }[];
}

type Of<K extends Decision['kind']> = Extract<Decision, { kind: K }>;

/** What a full sync would do now; changes nothing on either side. */
@Injectable()
export class PlanSync {
  constructor(
    private readonly projects: ProjectConfigService,
    private readonly states: SyncStates,
    private readonly store: ContextStore,
    private readonly discover: DiscoverRemote,
    private readonly guards: PushGuards,
  ) {}

  /** @throws NotConnected, NotConfigured, and what GitLab refuses */
  async execute(org: OrgId): Promise<SyncPlan> {
    const { head, decisions, known, target, lfsRules } = await this.decisions(org);
    const decided = new Set(decisions.map(({ path }) => path));
    const ahead = (await this.ahead(target, known)).filter(({ path }) => !decided.has(path));
    const held = await this.held(org, ahead, known, lfsRules);
    const of = <K extends Decision['kind']>(kind: K) =>
      decisions.filter((decision): decision is Of<K> => decision.kind === kind);
    return {
      head,
      push: previewOps(ahead.filter(({ path }) => !held.has(path))),
      pull: previewOps(of('take').map(({ path, dot, gitlab }) => ({ path, before: dot, after: gitlab }))),
      conflicts: of('conflict').map((decision) => ({
        path: decision.path,
        winner: decision.winner,
        reason: reasonOf(decision),
      })),
      quarantined: [
        ...of('quarantine').map((decision) => quarantined(decision.path, decision)),
        ...[...held].map(([path, hold]) => quarantined(path, hold)),
      ],
    };
  }

  /** What GitLab changed since the base, asked for now. @throws NotConnected, NotConfigured, and what GitLab refuses */
  async decisions(org: OrgId) {
    const { target, gitlab } = await this.projects.open(org, { priority: 'interactive' });
    const state = await this.states.load(org);
    const current = state.targetId === target.id;
    const request = {
      org,
      gitlab,
      repo: target,
      scope: target.scope,
      since: current && comparedAs(state, target.scope) ? state.baseCommit : null,
      policy: current && state.directories !== null ? ('newest' as const) : target.onConflict,
      withoutBase: !current,
    };
    const sight = await this.discover.discover(request);
    const decisions: Decision[] = [];
    for await (const decision of this.discover.decide(request, sight)) decisions.push(decision);
    const admitted = await this.discover.admit(org, decisions);
    const known: ReadonlyMap<string, BaseEntry> = current ? await this.states.agreed(org) : new Map();
    const lfsRules = sight.lfsRules ?? (current ? state.lfsRules : null) ?? '';
    return { head: sight.head?.id ?? null, decisions: admitted.decisions, known, target, lfsRules };
  }

  private async ahead(
    { org, scope }: SyncTarget,
    known: ReadonlyMap<string, BaseEntry>,
  ): Promise<PathChange[]> {
    const { files } = await this.store.snapshot(org);
    return [...new Set([...known.keys(), ...files.keys()])].sort().flatMap((path) => {
      const base = known.get(path);
      const after = files.get(path)?.blob ?? null;
      if (!scope.contains(path) || !reconcilePath(path, base, after, base?.gitlab ?? null)) return [];
      return [{ path, before: base?.gitlab ?? null, after }];
    });
  }

  private async held(
    org: OrgId,
    ahead: readonly PathChange[],
    known: ReadonlyMap<string, BaseEntry>,
    lfsRules: string,
  ): Promise<Map<string, Blocker>> {
    const written = ahead.filter(({ after }) => after !== null);
    const gone = ahead.filter(({ after }) => after === null).map(({ path }) => path);
    const untouchable = await this.guards.blockers(org, known, [], lfsRules);
    const held = new Map(gone.flatMap((path) => entry(path, untouchable.on(path))));
    const leaving = new Set(gone.filter((path) => !held.has(path)));
    for (let start = 0; start < written.length; start += BATCH) {
      const wanted = await this.withContent(org, written.slice(start, start + BATCH));
      const obstacles = await this.guards.blockers(org, known, wanted, lfsRules);
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

function reasonOf({ winner, gitlab, dot }: Of<'conflict'>): string {
  const kept = `${winner === 'dot' ? "Dot's" : "GitLab's"} is kept, the other stays restorable`;
  if (gitlab === null) return `edited in Dot, deleted on GitLab; ${kept}`;
  if (dot === null) return `deleted in Dot, edited on GitLab; ${kept}`;
  return `changed on both sides; ${kept}`;
}
