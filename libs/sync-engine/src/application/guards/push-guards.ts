import { Injectable } from '@nestjs/common';
import { ContextStore } from '@app/context-store';
import { allSettledOrThrow, blobOf, Clock, type OrgId } from '@app/kernel';
import { Blockers, type CommitPlan, type Blocker, type Wanted } from '../../domain/commit-plan';
import { isPingPong, PING_PONG_VERSIONS } from '../../domain/ping-pong';
import { isNotDots, NAME_TAKEN, type Quarantined } from '../../domain/findings';
import { DIRECTORY } from '../../domain/reconcile';
import { isSentAgain } from '../../domain/refused-commit';
import { inspectedAgain, type SyncState } from '../../domain/sync-state';
import { Findings } from '../ports/findings.port';
import { FlaggedFiles } from './flagged-files';
import { heldNames } from './held-names';
import { heldForLfs } from './lfs-rules';
import { QuarantineFiles } from './quarantine-files';

/** Limit of paths up to which a change is checked for loops: programs that fight do so file by file. */
const FEW = 20;
/** Knows which of Dot's files must not be written to GitLab for now, and keeps note of them. */
@Injectable()
export class PushGuards {
  constructor(
    private readonly findings: Findings,
    private readonly quarantine: QuarantineFiles,
    private readonly store: ContextStore,
    private readonly flaggedFiles: FlaggedFiles,
    private readonly clock: Clock,
  ) {}

  /**
   * Collects the reasons against writing the paths. `known`: GitLab's files on and around them. `lfsRules`: the files
   * that it keeps in LFS. `quarantine` defaults to the org's.
   */
  async blockers(
    org: OrgId,
    known: ReadonlyMap<string, { readonly remote: string | null }>,
    wanted: readonly Pick<Wanted, 'path' | 'content'>[],
    lfsRules: string,
    quarantine?: Quarantine,
  ): Promise<Blockers> {
    const files = new Set(
      [...known].filter(([, { remote }]) => remote !== null && remote !== DIRECTORY).map(([path]) => path),
    );
    const paths = wanted.map(({ path }) => path);
    const [quarantined, flagged, lfs, pingPongs] = await allSettledOrThrow(
      quarantine ?? this.findings.quarantined(org),
      this.flaggedFiles.among(org, wanted),
      heldForLfs(wanted, known, lfsRules),
      this.pingPongs(org, paths),
    );
    const holds = [
      flagged,
      heldNames(wanted, known),
      lfs,
      takenNames(quarantined),
      refused(quarantined, wanted),
      pingPongs,
    ];
    return new Blockers(files, new Map(holds.flat()));
  }

  /**
   * Records the held files and returns the patch of the state. Joins the caller's transaction. Keeps the findings of a
   * pull: they are more precise, and needed to hold the path back.
   */
  async recordHeld(state: SyncState, held: CommitPlan['held']): Promise<Pick<SyncState, 'inspectRetryAt'>> {
    const { org } = state;
    const at = this.clock.now();
    const known = held.size ? await this.findings.quarantined(org) : new Map<string, Quarantined>();
    const files = [...held].flatMap(([path, { retryAfterMs: _, ...hold }]): Quarantined[] => {
      const before = known.get(path);
      if (before && (before.side === 'remote' || isSentAgain(before))) return [];
      return [{ path, side: 'local', blob: null, ...hold, at }];
    });
    await this.quarantine.keepOut(org, files);
    return inspectedAgain(state, held.values(), at);
  }

  /** Releases those of the paths whose file of Dot's was held back. Joins the caller's transaction. */
  async releaseHeld(org: OrgId, paths: readonly string[]): Promise<void> {
    const known = await this.findings.quarantined(org);
    await this.quarantine.letIn(
      org,
      paths.filter((path) => known.get(path)?.side === 'local'),
    );
  }

  /** Releases the files that GitLab refused, so that they are sent again. Joins the caller's transaction. */
  async releaseRefused(org: OrgId): Promise<void> {
    const known = await this.findings.quarantined(org);
    await this.quarantine.letIn(
      org,
      [...known.values()].filter(isSentAgain).map(({ path }) => path),
    );
  }

  private async pingPongs(org: OrgId, paths: readonly string[]): Promise<[string, Blocker][]> {
    if (paths.length > FEW) return [];
    const found: [string, Blocker][] = [];
    for (const path of paths) {
      const { items } = await this.store.history(org, { path, limit: PING_PONG_VERSIONS });
      const versions = items.map(({ blob, at, origin }) => ({ blob, at, fromGitLab: origin === 'gitlab' }));
      if (isPingPong(versions, this.clock.now())) found.push([path, LOOP]);
    }
    return found;
  }
}

const LOOP: Blocker = {
  reason: 'ping_pong',
  detail:
    'Dot and GitLab keep changing it back and forth between the same two texts; find the program that undoes the other, ' +
    'then save the text you want once more',
};

type Quarantine = ReadonlyMap<string, Quarantined>;

function takenNames(quarantine: Quarantine): [string, Blocker][] {
  return [...quarantine.values()]
    .filter(isNotDots)
    .map(({ path, reason, detail }) => [
      path,
      { reason: NAME_TAKEN, detail: reason === NAME_TAKEN ? detail : `on GitLab it is ${detail}` },
    ]);
}

/** A text that GitLab refused waits to be sent again; another text of the same path does not. */
function refused(
  quarantine: Quarantine,
  wanted: readonly Pick<Wanted, 'path' | 'content'>[],
): [string, Blocker][] {
  return wanted.flatMap(({ path, content }): [string, Blocker][] => {
    const held = quarantine.get(path);
    if (!held || !isSentAgain(held) || held.blob !== (content && blobOf(content))) return [];
    return [[path, { reason: held.reason, detail: held.detail }]];
  });
}
