import type { Quota, Usage } from '@app/context-store';
import { isNew, takesRemote, type Decision } from './decision';
import { QUOTA_EXCEEDED } from './findings';
import { withinQuota } from './remaining-quota';

/** Files that a pull may write. */
export interface Admitted {
  readonly decisions: readonly Decision[];
  /** Limit for the commit of the change; undefined if it brings no new file. */
  readonly quota?: Quota;
}

/**
 * Admits new files while there is room, in the order of their paths; the others wait in quarantine. Files that Dot has
 * are updated and deleted regardless of the quota. `sizes`: those of Dot's files that the decisions touch.
 */
export function admitFiles(
  decisions: readonly Decision[],
  sizes: ReadonlyMap<string, number>,
  usage: Usage,
  quota: Quota,
): Admitted {
  const created = decisions.filter(isNew);
  if (!created.length) return { decisions };
  const left = usageAfter(usage, decisions, sizes);
  const room = { bytes: quota.maxBytes - left.bytes, files: quota.maxFiles - left.files };
  const byPath = created.map((decision) => ({ decision, size: decision.content.byteLength }));
  byPath.sort((a, b) => (a.decision.path < b.decision.path ? -1 : 1));
  const admitted = new Set<Decision>(withinQuota(room, byPath).map(({ decision }) => decision));
  return {
    decisions: decisions.map((decision) =>
      isNew(decision) && !admitted.has(decision) ? withoutRoom(decision, quota) : decision,
    ),
    ...(admitted.size && { quota }),
  };
}

/** After the deletions and updates, without the new files. */
function usageAfter(
  { bytes, files }: Usage,
  decisions: readonly Decision[],
  sizes: ReadonlyMap<string, number>,
): Usage {
  for (const decision of decisions) {
    if (decision.local === null || !takesRemote(decision)) continue;
    bytes += (decision.content?.byteLength ?? 0) - (sizes.get(decision.path) ?? 0);
    files -= decision.content === null ? 1 : 0;
  }
  return { bytes, files };
}

/** A file that Dot deleted stays deleted, and GitLab's text is kept; any other waits for room. */
function withoutRoom(decision: Decision & { readonly content: Buffer }, quota: Quota): Decision {
  if (decision.kind === 'conflict') return { ...decision, winner: 'local' };
  return {
    ...decision,
    kind: 'quarantine',
    reason: QUOTA_EXCEEDED,
    detail: noRoom(quota),
    base: undefined,
    size: decision.content.byteLength,
  };
}

/** Explains why a new file waits for room. */
export function noRoom({ maxBytes, maxFiles }: Quota): string {
  const most = `${maxFiles.toLocaleString('en')} files and ${maxBytes.toLocaleString('en')} bytes`;
  return `no room among the organisation's ${most}; delete files that are no longer needed, and it comes with the next pull`;
}
