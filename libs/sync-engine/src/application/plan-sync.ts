import { Injectable } from '@nestjs/common';
import { ContextStore } from '@app/context-store';
import type { OrgId, Scope } from '@app/kernel';
import { ProjectConfigService } from '@app/project-config';
import type { Winner } from '../domain/conflict';
import { planPath } from '../domain/planner';
import { comparedAs } from '../domain/sync-state';
import { Survey, type Decision } from './survey';
import { SyncStates } from './sync-states.port';

export type PlannedOp = 'create' | 'update' | 'delete' | 'move';

export interface SyncPlan {
  /** The commit that was looked at; null for an empty repository. */
  readonly head: string | null;
  readonly push: readonly { readonly path: string; readonly op: PlannedOp }[];
  readonly pull: readonly { readonly path: string; readonly op: PlannedOp }[];
  readonly conflicts: readonly { readonly path: string; readonly winner: Winner; readonly reason: string }[];
  readonly quarantined: readonly { readonly path: string; readonly reason: string }[];
}

/** What a full sync would do now; changes nothing on either side. */
@Injectable()
export class PlanSync {
  constructor(
    private readonly projects: ProjectConfigService,
    private readonly states: SyncStates,
    private readonly store: ContextStore,
    private readonly survey: Survey,
  ) {}

  /** @throws NotConnected, NotConfigured, and what GitLab refuses */
  async execute(org: OrgId): Promise<SyncPlan> {
    const { target, gitlab } = await this.projects.open(org);
    const state = await this.states.load(org);
    const current = state.targetId === target.id;
    const compared = current && comparedAs(state, target.scope);
    const request = {
      org,
      gitlab,
      repo: target,
      scope: target.scope,
      since: compared ? state.baseCommit : null,
      policy: current && state.directories !== null ? ('newest' as const) : target.onConflict,
      withoutBase: !current,
    };
    const sight = await this.survey.look(request);
    const decisions: Decision[] = [];
    for await (const decision of this.survey.decide(request, sight)) decisions.push(decision);
    const decided = new Set(decisions.map(({ path }) => path));
    return {
      head: sight.head?.id ?? null,
      push: (await this.ahead(org, target.scope, current)).filter(({ path }) => !decided.has(path)),
      pull: decisions.flatMap((decision) =>
        decision.kind === 'take' ? [{ path: decision.path, op: opOf(decision.dot, decision.gitlab) }] : [],
      ),
      conflicts: decisions.flatMap((decision) =>
        decision.kind === 'conflict'
          ? [{ path: decision.path, winner: decision.winner, reason: reasonOf(decision) }]
          : [],
      ),
      quarantined: decisions.flatMap((decision) =>
        decision.kind === 'quarantine'
          ? [{ path: decision.path, reason: `${decision.reason}: ${decision.detail}` }]
          : [],
      ),
    };
  }

  private async ahead(
    org: OrgId,
    scope: Scope,
    current: boolean,
  ): Promise<{ path: string; op: PlannedOp }[]> {
    const known = current ? await this.states.agreed(org) : new Map();
    const { files } = await this.store.snapshot(org);
    return [...new Set([...known.keys(), ...files.keys()])].sort().flatMap((path) => {
      const base = known.get(path);
      const dot = files.get(path)?.blob ?? null;
      const step = scope.contains(path) && planPath(path, base, dot, base?.gitlab ?? null);
      return step ? [{ path, op: opOf(base?.gitlab ?? null, dot) }] : [];
    });
  }
}

function opOf(before: string | null, after: string | null): PlannedOp {
  if (after === null) return 'delete';
  return before === null ? 'create' : 'update';
}

function reasonOf({ winner, gitlab, dot }: Decision & { kind: 'conflict' }): string {
  const what =
    gitlab === null
      ? 'edited in Dot, deleted on GitLab'
      : dot === null
        ? 'deleted in Dot, edited on GitLab'
        : 'changed on both sides';
  return `${what}; ${winner === 'dot' ? "Dot's" : "GitLab's"} is kept, the other stays restorable`;
}
