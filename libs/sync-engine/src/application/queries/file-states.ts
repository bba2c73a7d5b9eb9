import { Injectable } from '@nestjs/common';
import { ContextStore } from '@app/context-store';
import { InspectionService } from '@app/inspection';
import { byCodePoint, pageOf, positionOf, type OrgId, type Page, type PageRequest } from '@app/kernel';
import { ProjectConfigService } from '@app/project-config';
import type { Conflict, Quarantined } from '../../domain/findings';
import type { Decision } from '../../domain/decision';
import type { ProposedEntry } from '../../domain/proposed-entry';
import { SyncPolicy } from '../../domain/sync-policy';
import { confusablePathsAmong } from '../../domain/confusable-paths';
import { plainNameWarning, shownWarning } from '../check/file-warnings';
import { Findings } from '../ports/findings.port';
import { flagSecrets } from './flag-secrets';
import type { FileState, FileStateName } from './file-state';
import { ForeseePull } from './foresee-pull';
import { ProposedEntries } from '../ports/proposed-entries.port';
import { LookAlikes } from './look-alikes';
import { PathWindows, type PathWindow } from '../windows/path-windows';
import { stateAt } from './state-at';

/** Says which states to list, and whether to ask GitLab. */
export interface FileStatesRequest extends PageRequest {
  readonly state?: FileStateName;
  /** Asks GitLab for changes since the base, instead of using the last sync's result. */
  readonly live?: boolean;
}

/** Files to read together where only few of them may have the state. */
const SPARSE = 1_000;

/** Facts about some files besides their base and Dot's copies. */
interface Noted {
  readonly policy: SyncPolicy;
  readonly quarantined: ReadonlyMap<string, Quarantined>;
  readonly conflicts: ReadonlyMap<string, Conflict>;
  /** The effect of a pull at this moment. */
  readonly decisions: ReadonlyMap<string, Decision>;
  /** Some files are proposed. */
  readonly proposes: boolean;
}

/** Returns the state of each file in scope. */
@Injectable()
export class FileStates {
  constructor(
    private readonly projects: ProjectConfigService,
    private readonly windows: PathWindows,
    private readonly lookAlikes: LookAlikes,
    private readonly store: ContextStore,
    private readonly findings: Findings,
    private readonly foreseePull: ForeseePull,
    private readonly inspections: InspectionService,
    private readonly proposed: ProposedEntries,
  ) {}

  /** Returns the states by path. @throws NotConnected, NotConfigured; if `live`, also GitLab's refusals */
  async execute(
    org: OrgId,
    { state, live, limit = 50, cursor }: FileStatesRequest,
  ): Promise<Page<FileState>> {
    const [after] = positionOf(cursor, ['']);
    const noted = await this.noted(org, live ?? false);
    const found: FileState[] = [];
    for await (const window of await this.windowsWith(org, noted, state, { after, limit })) {
      const known = await this.statesIn(org, window, noted);
      found.push(...known.filter((file) => !state || file.state === state));
      if (found.length > limit) break;
    }
    const page = pageOf(found, limit, ({ path }) => [path]);
    const { store, findings, inspections } = this;
    const items = await flagSecrets(org, page.items, { store, findings, inspections });
    return { ...page, items: items.map(withNameFlag) };
  }

  /** Reads only the files that may have the state. */
  private async windowsWith(
    org: OrgId,
    { quarantined, conflicts, decisions }: Noted,
    state: FileStateName | undefined,
    { after, limit }: { readonly after: string; readonly limit: number },
  ): Promise<AsyncGenerator<PathWindow>> {
    if (state === undefined || state === 'in_sync') return this.windows.read(org, limit + 1, { after });
    if (state === 'dot_ahead' || state === 'proposed') return this.windows.read(org, SPARSE, { after });
    const waiting = state === 'gitlab_ahead' ? await this.windows.waitingDeletions(org) : [];
    const others = [quarantined, conflicts, decisions].flatMap((side) => [...side.keys()]);
    const paths = [...waiting, ...others];
    return this.windows.readOnly(org, paths, SPARSE, { after });
  }

  private async noted(org: OrgId, live: boolean): Promise<Noted> {
    const target = await this.projects.requireTarget(org);
    const [foreseen, quarantined, open, proposed] = await Promise.all([
      live ? this.foreseePull.execute(org) : null,
      this.findings.quarantined(org),
      this.findings.conflicts(org, { limit: 200 }),
      this.proposed.after(org, '', 1),
    ]);
    const decisions = foreseen?.decisions ?? [];
    return {
      policy: new SyncPolicy(target),
      quarantined,
      conflicts: new Map(open.items.map((conflict) => [conflict.path, conflict])),
      decisions: new Map(decisions.map((decision) => [decision.path, decision])),
      proposes: proposed.size > 0,
    };
  }

  private async statesIn(
    org: OrgId,
    { from, upTo, base, files, revision }: PathWindow,
    { policy, quarantined, conflicts, decisions, proposes }: Noted,
  ): Promise<FileState[]> {
    const elsewhere = [quarantined, decisions].flatMap((side) => [...side.keys()]);
    const inside = elsewhere.filter(
      (path) => byCodePoint(path, from) > 0 && (upTo === null || byCodePoint(path, upTo) <= 0),
    );
    const paths = [...new Set([...base.keys(), ...files.keys(), ...inside])]
      .filter((path) => policy.isSynced(path))
      .sort(byCodePoint);
    const [alike, work] = await Promise.all([
      this.lookAlikes.at(org, revision),
      proposes ? this.proposed.around(org, paths) : new Map<string, ProposedEntry>(),
    ]);
    const confusable = confusablePathsAmong(alike.filter((path) => policy.isSynced(path)));
    return paths.flatMap((path) =>
      stateAt(path, {
        base: base.get(path),
        work: work.get(path),
        file: files.get(path),
        held: quarantined.get(path),
        conflict: conflicts.get(path),
        decision: decisions.get(path),
        twin: confusable.get(path),
      }),
    );
  }
}

/** A name that no edit in Dot would have been given: it came from GitLab. */
function withNameFlag(file: FileState): FileState {
  const warning = file.state === 'in_sync' ? plainNameWarning(file.path) : null;
  if (!warning) return file;
  const flag = shownWarning(warning);
  return { ...file, reason: file.reason ? `${flag}; ${file.reason}` : flag };
}
