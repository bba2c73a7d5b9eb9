import { Injectable } from '@nestjs/common';
import { ContextStore } from '@app/context-store';
import { Clock, type OrgId } from '@app/kernel';
import { Obstacles, type CommitPlan, type Hold } from '../domain/commit-plan';
import { isPingPong, PING_PONG_VERSIONS } from '../domain/ping-pong';
import { NAME_TAKEN } from '../domain/findings';
import { Findings } from './findings.port';

/** What GitLab may have at a path that is no file; a pull quarantines it under these words. */
const NOT_FILES = ['directory', 'submodule', 'symlink'];
/** Only small changes are looked at for loops: programs that fight do so file by file. */
const FEW = 20;

/** Knows which of Dot's files must not be written to GitLab for now, and keeps note of them. */
@Injectable()
export class HoldBack {
  constructor(
    private readonly findings: Findings,
    private readonly store: ContextStore,
    private readonly clock: Clock,
  ) {}

  /** `known` is what GitLab holds on and around the paths to be written. */
  async obstacles(
    org: OrgId,
    known: ReadonlyMap<string, { readonly gitlab: string | null }>,
    paths: readonly string[],
  ): Promise<Obstacles> {
    const files = new Set([...known].filter(([, { gitlab }]) => gitlab !== null).map(([path]) => path));
    return new Obstacles(files, new Map([...(await this.occupied(org)), ...(await this.loops(org, paths))]));
  }

  /** Joins the caller's transaction. What a pull found at a path stays noted: it tells more, and is needed to hold the path back. */
  async note(org: OrgId, held: CommitPlan['held']): Promise<void> {
    const known = await this.findings.quarantined(org);
    for (const [path, hold] of held) {
      if (known.get(path)?.side === 'gitlab') continue;
      await this.findings.quarantine(org, { path, side: 'dot', blob: null, ...hold, at: this.clock.now() });
    }
  }

  private async occupied(org: OrgId): Promise<[string, Hold][]> {
    const found = [...(await this.findings.quarantined(org)).values()].filter(({ reason }) =>
      NOT_FILES.includes(reason),
    );
    return found.map(({ path, detail }) => [
      path,
      { reason: NAME_TAKEN, detail: `on GitLab it is ${detail}` },
    ]);
  }

  private async loops(org: OrgId, paths: readonly string[]): Promise<[string, Hold][]> {
    if (paths.length > FEW) return [];
    const found: [string, Hold][] = [];
    for (const path of paths) {
      const { items } = await this.store.history(org, { path, limit: PING_PONG_VERSIONS });
      const versions = items
        .filter(({ op }) => op !== 'keep')
        .map(({ blob, at, origin }) => ({ blob, at, fromGitLab: origin === 'gitlab' }));
      if (isPingPong(versions, this.clock.now())) found.push([path, LOOP]);
    }
    return found;
  }
}

const LOOP: Hold = {
  reason: 'ping_pong',
  detail:
    'Dot and GitLab keep changing it back and forth between the same two texts; find the program that undoes the other, ' +
    'then save the text you want once more',
};
