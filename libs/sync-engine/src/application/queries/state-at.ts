import type { ContextFile } from '@app/context-store';
import type { Blocker } from '../../domain/commit-plan';
import { isNewerThanLanded, type Decision } from '../../domain/decision';
import type { Conflict, Quarantined } from '../../domain/findings';
import { isCarried } from '../../domain/file-state';
import { isLocalAhead, type BaseEntry } from '../../domain/reconcile';
import { nameOfSide } from '../../domain/side';
import { fileSystemWarnings, shownWarning } from '../check/file-warnings';
import type { FileState } from './file-state';

/** The known facts about one path. */
export interface KnownOfPath {
  readonly base: BaseEntry | undefined;
  /** The base on the work branch; undefined without one. */
  readonly work: BaseEntry | undefined;
  readonly file: ContextFile | undefined;
  readonly held: Quarantined | undefined;
  readonly conflict: Conflict | undefined;
  readonly decision: Decision | undefined;
  /** Another path that file systems may take for this one. */
  readonly twin: string | undefined;
}

/** Returns the state of the file at this path; empty if there is none. */
export function stateAt(
  path: string,
  { base, work, file, held, conflict, decision, twin }: KnownOfPath,
): FileState[] {
  const sides = {
    path,
    dotBlob: file?.blob ?? null,
    gitlabBlob: decision ? decision.remote : (base?.remote ?? null),
  };
  if (decision && decision.kind !== 'agree' && decision.kind !== 'landed')
    return [{ ...sides, ...foreseen(decision), at: file?.updatedAt ?? null }];
  if (base?.deletionWaits && file?.blob === base.local)
    return [{ ...sides, state: 'gitlab_ahead', reason: WAITS, at: file.updatedAt }];
  if (held) return [{ ...sides, ...quarantinedFor(held), at: held.at }];
  const ahead = decision ? isNewerThanLanded(decision) : isLocalAhead(base, sides.dotBlob);
  if (!file && (!ahead || sides.gitlabBlob === null)) return [];
  if (conflict) return [{ ...sides, state: 'conflict', reason: settled(conflict), at: conflict.at }];
  const state = !ahead ? 'in_sync' : isCarried(work, sides.dotBlob) ? 'proposed' : 'dot_ahead';
  return [{ ...sides, ...warning(path, file && twin), state, at: file?.updatedAt ?? null }];
}

const WAITS = 'deleted on GitLab; Dot keeps it until an admin confirms the deletion, or keeps the file';

/** Returns a warning if some file systems cannot hold the name. */
function warning(path: string, twin: string | undefined): Pick<FileState, 'reason'> {
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
