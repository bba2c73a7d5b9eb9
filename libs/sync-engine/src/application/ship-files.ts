import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { ContextStore, type ContextFile } from '@app/context-store';
import type { Author } from '@app/kernel';
import { planCommit, type CommitPlan, type Wanted } from '../domain/commit-plan';
import { planPath } from '../domain/planner';
import { signed } from '../domain/trailers';
import { HoldBack } from './hold-back';
import { HoldRefused } from './hold-refused';
import { outgoing, outgoingName } from './outgoing';
import { PullChanges } from './pull-changes';
import { contentOf } from './push-changes';
import { SendCommit } from './send-commit';
import { SyncStates, unsettled } from './sync-states.port';
import type { Turn } from './turn';

/** GitLab throttles commit requests above 20 MB (docs/gitlab-api.md#commit-answers); text grows by JSON escaping. */
const COMMIT_BYTES = 12 * 1024 * 1024;
const COMMIT_FILES = 10_000;

/** Ships what only Dot has and no pending change carries, as one commit, split by size alone: the first sync, a wider scope, an obstacle gone. */
@Injectable()
export class ShipFiles {
  constructor(
    private readonly send: SendCommit,
    private readonly pull: PullChanges,
    private readonly states: SyncStates,
    private readonly store: ContextStore,
    private readonly holdBack: HoldBack,
    private readonly holdRefused: HoldRefused,
  ) {}

  /** Answers `changes-first` where changes were made in Dot meanwhile, which are to be replayed first. */
  async execute(turn: Turn): Promise<'done' | 'changes-first' | 'more'> {
    let most = COMMIT_FILES;
    const passed = new Set<string>();
    while (turn.state.shipmentDue) {
      if (turn.spent) return 'more';
      const { revision, files } = await this.store.snapshot(turn.org);
      if (revision > turn.state.pushedRevision) return 'changes-first';
      const { plan, authors, completes } = await this.plan(turn, files, { passed, most });
      if (!plan.actions.length) {
        await this.pass(turn, plan, completes);
        for (const path of plan.held.keys()) passed.add(path);
        continue;
      }
      const id = randomUUID();
      const inFlight = {
        id,
        changeId: null,
        revision,
        agreed: [...plan.agreed],
        completes: completes && !plan.held.size,
      };
      const request = {
        base: turn.state.baseCommit,
        ...signed(outgoing({ authors, message: messageOf(plan), id, source: 'user' }), turn.target),
        actions: plan.actions,
      };
      try {
        if ((await this.send.execute(turn, inFlight, request)) === 'refused') {
          await this.pull.execute(turn);
          if (turn.state.baseCommit === request.base)
            await this.holdRefused.holdUnplaceable(turn, plan.actions);
        } else most = Math.min(COMMIT_FILES, most * 2);
      } catch (error) {
        // One refused file among many is found by halves.
        const held = await this.holdRefused.execute(turn, plan.actions, error);
        if (held === 'unclear') most = Math.max(1, Math.floor(plan.actions.length / 2));
      }
    }
    return 'done';
  }

  private async plan(turn: Turn, files: ReadonlyMap<string, ContextFile>, { passed, most }: Limits) {
    const { org, target } = turn;
    const known = await this.states.agreed(org);
    const ahead = [...new Set([...known.keys(), ...files.keys()])].sort().filter((path) => {
      const base = known.get(path);
      return (
        target.scope.contains(path) &&
        !passed.has(path) &&
        planPath(path, base, files.get(path)?.blob ?? null, base?.gitlab ?? null)
      );
    });
    const batch = firstBatch(ahead, files, most);
    const contents = await this.store.contents(
      org,
      batch.flatMap((path) => files.get(path)?.blob ?? []),
    );
    const wanted = batch.map((path): Wanted => {
      const file = files.get(path);
      return { path, from: null, content: file ? contentOf(file.blob, contents) : null };
    });
    const plan = planCommit(wanted, known, await this.holdBack.obstacles(org, known, wanted));
    return {
      plan,
      authors: distinct(batch.flatMap((path) => files.get(path)?.updatedBy ?? [])),
      completes: batch.length === ahead.length,
    };
  }

  /** Records a batch of which nothing is to be sent: its files are equal on both sides, or held back. */
  private async pass(turn: Turn, plan: CommitPlan, completes: boolean): Promise<void> {
    await turn.record(async () => {
      await this.states.agree(turn.org, unsettled(plan.agreed));
      await this.holdBack.note(turn.org, plan.held);
      return completes ? { state: { shipmentDue: false } } : {};
    });
  }
}

interface Limits {
  /** Paths that were found to be held back. */
  readonly passed: ReadonlySet<string>;
  /** Files of one commit. */
  readonly most: number;
}

function firstBatch(
  paths: readonly string[],
  files: ReadonlyMap<string, ContextFile>,
  most: number,
): string[] {
  let bytes = 0;
  return paths.slice(0, most).filter((path, i) => {
    bytes += files.get(path)?.size ?? 0;
    return i === 0 || bytes <= COMMIT_BYTES;
  });
}

function distinct(authors: readonly Author[]): Author[] {
  return [...new Map(authors.map((author) => [`${author.name}\0${author.email}`, author])).values()];
}

function messageOf({ actions }: CommitPlan): string {
  return actions.length === 1
    ? `Add ${outgoingName(actions[0].path)} from Dot`
    : `Add ${actions.length} context files from Dot`;
}
