import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { ContextStore, type ContextFile } from '@app/context-store';
import type { Author } from '@app/kernel';
import { planCommit, type CommitPlan, type Wanted } from '../domain/commit-plan';
import { planPath } from '../domain/planner';
import { coAuthoredBy, withTrailers } from '../domain/trailers';
import { HoldBack } from './hold-back';
import { outgoingAuthor, outgoingName } from './outgoing';
import { PullChanges } from './pull-changes';
import { contentOf } from './push-changes';
import { SendCommit } from './send-commit';
import { SyncStates, unsettled } from './sync-states.port';
import type { Turn } from './turn';

/** GitLab throttles commit requests above 20 MB (reference §5.2); text grows by JSON escaping. */
const COMMIT_BYTES = 12 * 1024 * 1024;
const COMMIT_FILES = 10_000;

/** The author of a commit that ships the work of several people; they are credited in its message. */
const DOT: Author = { name: 'Dot', email: 'dot@dot.invalid' };
const CREDITED = 50;

/** Ships what only Dot has and no pending change carries, as one commit, split by size alone: the first sync, a wider scope, an obstacle gone. */
@Injectable()
export class ShipFiles {
  constructor(
    private readonly send: SendCommit,
    private readonly pull: PullChanges,
    private readonly states: SyncStates,
    private readonly store: ContextStore,
    private readonly holdBack: HoldBack,
  ) {}

  /** Answers `changes-first` where changes were made in Dot meanwhile, which are to be replayed first. */
  async execute(turn: Turn): Promise<'done' | 'changes-first' | 'more'> {
    while (turn.state.shipmentDue) {
      if (turn.spent) return 'more';
      const { revision, files } = await this.store.snapshot(turn.org);
      if (revision > turn.state.pushedRevision) return 'changes-first';
      const { plan, authors, completes } = await this.plan(turn, files);
      if (!plan.actions.length) {
        await this.conclude(turn, plan);
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
      const outcome = await this.send.execute(turn, inFlight, {
        base: turn.state.baseCommit,
        author: authors.length === 1 ? authors[0] : DOT,
        message:
          withTrailers(messageOf(plan), id, 'user') +
          coAuthoredBy(authors.length > 1 ? authors.slice(0, CREDITED) : []),
        actions: plan.actions,
      });
      if (outcome === 'refused') await this.pull.execute(turn);
    }
    return 'done';
  }

  private async plan(turn: Turn, files: ReadonlyMap<string, ContextFile>) {
    const { org, target } = turn;
    const known = await this.states.agreed(org);
    const ahead = [...new Set([...known.keys(), ...files.keys()])].sort().filter((path) => {
      const base = known.get(path);
      return (
        target.scope.contains(path) &&
        planPath(path, base, files.get(path)?.blob ?? null, base?.gitlab ?? null)
      );
    });
    const batch = firstBatch(ahead, files);
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
      authors: distinct(batch.flatMap((path) => files.get(path)?.updatedBy ?? [])).map(outgoingAuthor),
      completes: batch.length === ahead.length,
    };
  }

  /** Nothing is left to send but what is held back. */
  private async conclude(turn: Turn, plan: CommitPlan): Promise<void> {
    await turn.record(async () => {
      await this.states.agree(turn.org, unsettled(plan.agreed));
      await this.holdBack.note(turn.org, plan.held);
      return { state: { shipmentDue: false } };
    });
  }
}

function firstBatch(paths: readonly string[], files: ReadonlyMap<string, ContextFile>): string[] {
  let bytes = 0;
  return paths.slice(0, COMMIT_FILES).filter((path, i) => {
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
