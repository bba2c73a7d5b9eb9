import type { OrgId } from '@app/kernel';

/** Knows which files Dot has. */
export abstract class ScopeEvidence {
  /** Returns whether Dot has a file at that path or below it. */
  abstract has(org: OrgId, entry: string): Promise<boolean>;
}
