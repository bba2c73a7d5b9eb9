import type { OrgId, Page, PageRequest } from '@app/kernel';
import type { Conflict, Quarantined } from '../../domain/findings';

/** Findings of a sync for people to review. Writes join the caller's transaction. */
export abstract class Findings {
  abstract addConflict(org: OrgId, conflict: Conflict): Promise<void>;
  /** Newest first, without those restored. */
  abstract conflicts(org: OrgId, request: PageRequest): Promise<Page<Conflict>>;
  abstract conflict(org: OrgId, id: string): Promise<Conflict | null>;
  /** Closes the conflict; returns false if it was closed already. */
  abstract closeConflict(org: OrgId, id: string): Promise<boolean>;
  abstract countConflicts(org: OrgId): Promise<number>;

  /** Any number of files, each path once. Returns the paths that were not quarantined before. */
  abstract quarantine(org: OrgId, files: readonly Quarantined[]): Promise<string[]>;
  /** Returns those of the paths that were quarantined. */
  abstract release(org: OrgId, paths: readonly string[]): Promise<string[]>;
  abstract releaseAll(org: OrgId): Promise<void>;
  /** Lets suspicions leave for GitLab from then on, by their fingerprints. */
  abstract allow(org: OrgId, fingerprints: readonly string[], at: Date): Promise<void>;
  /** Returns the fingerprints that were allowed. */
  abstract allowed(org: OrgId, fingerprints: readonly string[]): Promise<ReadonlySet<string>>;
  /** All of them, by path. */
  abstract quarantined(org: OrgId): Promise<Map<string, Quarantined>>;
}
