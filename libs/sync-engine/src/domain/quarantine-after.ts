import type { Decision, QuarantineDecision } from './decision';
import { QUOTA_EXCEEDED, type Quarantined } from './findings';

/** Result of reading GitLab that concerns files in quarantine. */
export interface RemoteLook {
  readonly quarantined: ReadonlyMap<string, Quarantined>;
  /** Paths that were compared; null if the path is gone. All there are, if there is a tree. */
  readonly changed: ReadonlyMap<string, unknown>;
  readonly tree: unknown;
}

/** Returns the paths that leave quarantine: decided otherwise now, or gone on GitLab as far as it was read. */
export function releasedBy(decisions: readonly Decision[], look: RemoteLook): string[] {
  const decided = new Map(decisions.map(({ path, kind }) => [path, kind]));
  return [...look.quarantined.keys()].filter((path) => {
    const kind = decided.get(path);
    return kind ? kind !== 'quarantine' : isGone(path, look);
  });
}

/** Returns the files that wait in quarantine after the decisions. */
export function quarantinedBy(decisions: readonly Decision[], at: Date): Quarantined[] {
  return decisions
    .filter((decision): decision is QuarantineDecision => decision.kind === 'quarantine')
    .map(({ path, remote: blob, reason, detail, line, column, size }) => ({
      ...{ path, side: 'remote', blob, reason, detail, at },
      ...(line !== undefined && { line }),
      ...(column !== undefined && { column }),
      ...(size !== undefined && { size }),
    }));
}

/** Checks whether a file waits for room, which deletions may make. */
export const waitsForRoom = ({ quarantined }: RemoteLook): boolean =>
  [...quarantined.values()].some(({ reason }) => reason === QUOTA_EXCEEDED);

const isGone = (path: string, { tree, changed }: RemoteLook): boolean =>
  tree ? !changed.has(path) : changed.get(path) === null;
