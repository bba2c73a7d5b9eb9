import { createHash } from 'node:crypto';
import type { TreeFinding } from '@app/sync-engine/core';
import type { Checked } from '../run-check';

/** Findings of a check, for one of the formats. */
export interface Report extends Checked {
  /** True if warnings fail the check as well. */
  readonly strict: boolean;
}

/** Checks whether a finding fails the check. */
export const fails = ({ outcome }: TreeFinding, { strict }: Pick<Report, 'strict'>): boolean =>
  strict || outcome === 'kept_out';

export const countOf = ({ findings }: Report, outcome: TreeFinding['outcome']): number =>
  new Set(findings.filter((finding) => finding.outcome === outcome).map(({ path }) => path)).size;

/**
 * Identifies each finding, in their order. Does not depend on lines, so that an edit above it makes no new finding. A
 * number separates equal findings of one file.
 */
export function fingerprintsOf(findings: readonly TreeFinding[]): string[] {
  const seen = new Map<string, number>();
  return findings.map(({ path, reason, detail }) => {
    const subject = [path, reason, detail.replace(/\b(line|column) \d+/g, '$1')].join('\0');
    const number = seen.get(subject) ?? 0;
    seen.set(subject, number + 1);
    return createHash('sha256').update(`${subject}\0${number}`).digest('hex');
  });
}
