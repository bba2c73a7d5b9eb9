import { Injectable } from '@nestjs/common';
import { ContextStore } from '@app/context-store';
import { InspectionService } from '@app/inspection';
import { pageOf, positionOf, type OrgId, type Page, type PageRequest } from '@app/kernel';
import { ProjectConfigService } from '@app/project-config';
import type { Blocker } from '../../domain/commit-plan';
import type { Conflict } from '../../domain/findings';
import type { Decision } from '../../domain/decision';
import { isLocalAhead } from '../../domain/reconcile';
import { nameOfSide } from '../../domain/side';
import { SyncPolicy } from '../../domain/sync-policy';
import { confusablePathsAmong } from '../../domain/confusable-paths';
import { fileSystemWarnings, plainNameWarning, shownWarning } from '../check/file-warnings';
import { Findings } from '../ports/findings.port';
import { flagSecrets } from './flag-secrets';
import type { FileState, FileStateName } from './file-state';
import { ForeseePull } from './foresee-pull';
import { BaseEntries } from '../ports/base-entries.port';

export interface FileStatesRequest extends PageRequest {
  readonly state?: FileStateName;
  /** Asks GitLab for changes since the base, instead of using the last sync's result. */
  readonly live?: boolean;
}

/** Returns the state of each file in scope. */
@Injectable()
export class FileStates {
  constructor(
    private readonly projects: ProjectConfigService,
    private readonly base: BaseEntries,
    private readonly store: ContextStore,
    private readonly findings: Findings,
    private readonly foreseePull: ForeseePull,
    private readonly inspections: InspectionService,
  ) {}

  /** Returns the states by path. @throws NotConnected, NotConfigured; if `live`, also GitLab's refusals */
  async execute(
    org: OrgId,
    { state, live, limit = 50, cursor }: FileStatesRequest,
  ): Promise<Page<FileState>> {
    const [after] = positionOf(cursor, ['']);
    const decisions = live ? (await this.foreseePull.execute(org)).decisions : [];
    const known = await this.known(org, new Map(decisions.map((decision) => [decision.path, decision])));
    const matching = known.filter((file) => file.path > after && (!state || file.state === state));
    const page = pageOf(matching, limit, ({ path }) => [path]);
    const { store, findings, inspections } = this;
    const items = await flagSecrets(org, page.items, { store, findings, inspections });
    return { ...page, items: items.map(withNameFlag) };
  }

  private async known(org: OrgId, decisions: ReadonlyMap<string, Decision>): Promise<FileState[]> {
    const policy = new SyncPolicy(await this.projects.requireTarget(org));
    const [known, { files }, quarantined, open] = await Promise.all([
      this.base.all(org),
      this.store.snapshot(org),
      this.findings.quarantined(org),
      this.findings.conflicts(org, { limit: 200 }),
    ]);
    const conflicts = new Map(open.items.map((conflict) => [conflict.path, conflict]));
    const everywhere = [known, files, quarantined, decisions].flatMap((side) => [...side.keys()]);
    const paths = [...new Set(everywhere)].filter((path) => policy.isSynced(path)).sort();
    const confusable = confusablePathsAmong(paths.filter((path) => files.has(path)));
    return paths.flatMap((path): FileState[] => {
      const [base, file, held, conflict] = [
        known.get(path),
        files.get(path),
        quarantined.get(path),
        conflicts.get(path),
      ];
      const decision = decisions.get(path);
      const sides = {
        path,
        dotBlob: file?.blob ?? null,
        gitlabBlob: decision ? decision.remote : (base?.remote ?? null),
      };
      if (decision && decision.kind !== 'agree')
        return [{ ...sides, ...foreseen(decision), at: file?.updatedAt ?? null }];
      if (base?.deletionWaits && file?.blob === base.local)
        return [{ ...sides, state: 'gitlab_ahead', reason: WAITS, at: file.updatedAt }];
      if (held) return [{ ...sides, ...quarantinedFor(held), at: held.at }];
      const ahead = !decision && isLocalAhead(base, sides.dotBlob);
      if (!file && (!ahead || sides.gitlabBlob === null)) return [];
      if (conflict) return [{ ...sides, state: 'conflict', reason: settled(conflict), at: conflict.at }];
      return [
        {
          ...sides,
          ...nameWarning(path, confusable.get(path)),
          state: ahead ? 'dot_ahead' : 'in_sync',
          at: file?.updatedAt ?? null,
        },
      ];
    });
  }
}

const WAITS = 'deleted on GitLab; Dot keeps it until an admin confirms the deletion, or keeps the file';

/** A name that no edit in Dot would have been given: it came from GitLab. */
function withNameFlag(file: FileState): FileState {
  const warning = file.state === 'in_sync' ? plainNameWarning(file.path) : null;
  if (!warning) return file;
  const flag = shownWarning(warning);
  return { ...file, reason: file.reason ? `${flag}; ${file.reason}` : flag };
}

/** Returns a warning if some file systems cannot hold the name. */
function nameWarning(path: string, twin: string | undefined): Pick<FileState, 'reason'> {
  const warnings = fileSystemWarnings(path, twin).map(shownWarning);
  return warnings.length ? { reason: warnings.join('; ') } : {};
}

function quarantinedFor(held: Blocker): Pick<FileState, 'state' | 'reason' | 'quarantine'> {
  const { reason: code, detail: message, line, column } = held;
  const quarantine = { code, message, line: line ?? null, column: column ?? null };
  return { state: 'quarantined', reason: `${code}: ${message}`, quarantine };
}

function foreseen(decision: Decision): Pick<FileState, 'state' | 'reason' | 'quarantine'> {
  if (decision.kind === 'conflict')
    return { state: 'conflict', reason: `changed on both sides; ${nameOfSide(decision.winner)} will win` };
  if (decision.kind === 'quarantine') return quarantinedFor(decision);
  return { state: 'gitlab_ahead' };
}

const settled = ({ winner }: Conflict): string => `${nameOfSide(winner)} won; the other text can be restored`;
