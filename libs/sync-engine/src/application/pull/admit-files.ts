import type { Quota, Usage } from '@app/context-store';
import { QUOTA_EXCEEDED } from '../../domain/findings';
import { withinQuota } from '../../domain/remaining-quota';
import type { Decision } from './discover-remote';

/** What a pull may write. */
export interface Admitted {
  readonly decisions: readonly Decision[];
  /** What the change must stay within when it is committed; undefined if it brings no new file. */
  readonly quota?: Quota;
}

type Written = Extract<Decision, { content: Buffer | null }> & { readonly content: Buffer };

/**
 * Admits new files while there is room, in the order of their paths; the others wait in quarantine. What Dot has already is updated
 * and deleted whatever the quota says.
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

export const isNew = (decision: Decision): decision is Written =>
  decision.dot === null && takesGitLabs(decision) && decision.content !== null;

/** Whether Dot becomes what GitLab has. */
export const takesGitLabs = (decision: Decision): decision is Extract<Decision, { content: Buffer | null }> =>
  decision.kind === 'take' || (decision.kind === 'conflict' && decision.winner === 'gitlab');

/** After the deletions and updates, without the new files. `sizes`: of Dot's files that they touch. */
function usageAfter(
  { bytes, files }: Usage,
  decisions: readonly Decision[],
  sizes: ReadonlyMap<string, number>,
): Usage {
  const touched = decisions.filter((decision) => decision.dot !== null && takesGitLabs(decision));
  for (const decision of touched) {
    const { path } = decision;
    const after = takesGitLabs(decision) ? decision.content : null;
    bytes += (after?.byteLength ?? 0) - (sizes.get(path) ?? 0);
    files -= after === null ? 1 : 0;
  }
  return { bytes, files };
}

/** A file that Dot deleted stays deleted, and GitLab's text is kept; any other waits for room. */
function withoutRoom(decision: Written, { maxBytes, maxFiles }: Quota): Decision {
  if (decision.kind === 'conflict') return { ...decision, winner: 'dot' };
  const most = `${maxFiles.toLocaleString('en')} files and ${maxBytes.toLocaleString('en')} bytes`;
  return {
    ...decision,
    kind: 'quarantine',
    reason: QUOTA_EXCEEDED,
    detail: `no room among the organisation's ${most}; delete files that are no longer needed, and it comes with the next pull`,
    base: undefined,
    size: decision.content.byteLength,
  };
}
