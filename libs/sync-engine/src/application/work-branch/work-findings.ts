import { Injectable } from '@nestjs/common';
import type { OrgId, Page, PageRequest } from '@app/kernel';
import { isAbout, isNotDots, type Conflict, type Quarantined } from '../../domain/findings';
import { DIRECTORY } from '../../domain/reconcile';
import { BaseEntries } from '../ports/base-entries.port';
import { Findings } from '../ports/findings.port';

/** The findings as a work branch sees them: those about a text of the target's stay, whatever the work branch has. */
@Injectable()
export class WorkFindings extends Findings {
  constructor(
    private readonly findings: Findings,
    private readonly target: BaseEntries,
  ) {
    super();
  }

  addConflict(org: OrgId, conflict: Conflict): Promise<void> {
    return this.findings.addConflict(org, conflict);
  }

  conflicts(org: OrgId, request: PageRequest): Promise<Page<Conflict>> {
    return this.findings.conflicts(org, request);
  }

  conflict(org: OrgId, id: string): Promise<Conflict | null> {
    return this.findings.conflict(org, id);
  }

  closeConflict(org: OrgId, id: string): Promise<boolean> {
    return this.findings.closeConflict(org, id);
  }

  countConflicts(org: OrgId): Promise<number> {
    return this.findings.countConflicts(org);
  }

  async quarantine(org: OrgId, files: readonly Quarantined[]): Promise<string[]> {
    if (!files.length) return [];
    const others = await this.ofTarget(org, await this.findings.quarantined(org));
    const own = files.filter(({ path }) => !others.has(path));
    // Without a blob, a directory looks like one on the target.
    return this.findings.quarantine(
      org,
      own.map((file) => ({ ...file, blob: file.blob ?? DIRECTORY })),
    );
  }

  async release(org: OrgId, paths: readonly string[]): Promise<string[]> {
    if (!paths.length) return [];
    const others = await this.ofTarget(org, await this.findings.quarantined(org));
    return this.findings.release(
      org,
      paths.filter((path) => !others.has(path)),
    );
  }

  releaseAll(org: OrgId): Promise<void> {
    return this.findings.releaseAll(org);
  }

  allow(org: OrgId, fingerprints: readonly string[], at: Date): Promise<void> {
    return this.findings.allow(org, fingerprints, at);
  }

  allowed(org: OrgId, fingerprints: readonly string[]): Promise<ReadonlySet<string>> {
    return this.findings.allowed(org, fingerprints);
  }

  async quarantined(org: OrgId): Promise<Map<string, Quarantined>> {
    const found = await this.findings.quarantined(org);
    const others = await this.ofTarget(org, found);
    return new Map([...found].filter(([path]) => !others.has(path)));
  }

  /** Returns the paths of files that only the work branch has and Dot cannot take. */
  async own(org: OrgId): Promise<string[]> {
    const found = [...(await this.quarantined(org)).values()];
    return found.filter(({ side }) => side === 'remote').map(({ path }) => path);
  }

  /** Returns the paths of all other findings: those of Dot's files, and of files on the target. */
  others(org: OrgId): Promise<ReadonlySet<string>> {
    return this.othersAnd(org, () => false);
  }

  /** Returns the paths that no push to the work branch writes: its directories and submodules, and all other findings. */
  unwritten(org: OrgId): Promise<ReadonlySet<string>> {
    return this.othersAnd(org, isNotDots);
  }

  private async othersAnd(org: OrgId, counts: (file: Quarantined) => boolean): Promise<ReadonlySet<string>> {
    const found = await this.findings.quarantined(org);
    const target = await this.ofTarget(org, found);
    const files = [...found.values()].filter(
      (file) => file.side === 'local' || target.has(file.path) || counts(file),
    );
    return new Set(files.map(({ path }) => path));
  }

  /** The paths of files on the target that Dot cannot take: its base names the very text. */
  private async ofTarget(org: OrgId, found: ReadonlyMap<string, Quarantined>): Promise<ReadonlySet<string>> {
    const remote = [...found.values()].filter(({ side }) => side === 'remote');
    if (!remote.length) return new Set();
    const paths = remote.map(({ path }) => path);
    const base = await this.target.around(org, paths);
    const isTargets = (file: Quarantined) => isAbout(file, base.get(file.path)?.remote ?? null);
    return new Set(remote.filter(isTargets).map(({ path }) => path));
  }
}
