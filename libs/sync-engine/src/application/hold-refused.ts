import { Injectable } from '@nestjs/common';
import type { CommitAction, PushRefused } from '@app/gitlab';
import { blobOf, Clock } from '@app/kernel';
import { refusal, refusedPaths } from '../domain/refused-commit';
import { counted } from '../domain/run';
import { refusedOnceMore } from '../domain/sync-state';
import { Findings } from './findings.port';
import { SyncEngineSettings } from './sync-engine.settings';
import { SyncStates, type AgreedPath } from './sync-states.port';
import type { Turn } from './turn';

/** Holds back what GitLab refuses for good, so that everything else goes on. */
@Injectable()
export class HoldRefused {
  constructor(
    private readonly states: SyncStates,
    private readonly findings: Findings,
    private readonly clock: Clock,
    private readonly settings: SyncEngineSettings,
  ) {}

  /** Returns `unclear` if GitLab does not say which of the commit's paths it refuses; nothing is held then. */
  async execute(
    turn: Turn,
    actions: readonly CommitAction[],
    { said }: PushRefused,
  ): Promise<'held' | 'unclear'> {
    const contents = new Map(actions.flatMap(contentsOf));
    const paths = refusedPaths(said, [...contents.keys()]);
    if (!paths) return 'unclear';
    const now = this.clock.now();
    await turn.record(async () => {
      const base = await this.states.agreedAround(turn.org, paths);
      for (const path of paths) {
        const content = contents.get(path);
        const blob = content ? blobOf(content) : null;
        const agreed = base.get(path);
        if (agreed?.dot === blob) await this.states.agree(turn.org, new Map([[path, asAhead(agreed)]]));
        await this.findings.quarantine(turn.org, { path, side: 'dot', blob, ...refusal(said), at: now });
      }
      return {
        state: refusedOnceMore(turn.state, now, this.settings.random()),
        run: (run) => counted(run, { quarantined: paths.length }),
      };
    });
    return 'held';
  }
}

/** Returns a base that Dot's copy differs from: only then is it sent without the change that carried it. */
const asAhead = (agreed: AgreedPath): AgreedPath => ({
  ...agreed,
  dot: agreed.dot === null ? agreed.gitlab : null,
});

/** Returns the text each path of an action would get; null for a deletion. */
function contentsOf(action: CommitAction): [string, Buffer | null][] {
  const written: [string, Buffer | null] = [
    action.path,
    'content' in action ? (action.content ?? null) : null,
  ];
  return action.op === 'move' ? [[action.from, null], written] : [written];
}
