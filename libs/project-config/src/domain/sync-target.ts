import { randomUUID } from 'node:crypto';
import type { OrgId, Scope } from '@app/kernel';
import type { ReportStatus } from './report-status';
import { DEFAULT_PUBLISHING, type Publishing } from './publishing';
import type { ScopeWarning } from './scope-warnings';

/** The side that wins at the first sync if both have a file. */
export type OnConflict = 'newest' | 'dot' | 'gitlab';

/** The one branch of one project that an org syncs with. */
export interface SyncTarget extends Publishing {
  /** New if project, branch or connection differ from the former target: the sync then starts without a base. */
  readonly id: string;
  readonly org: OrgId;
  /** The connection it was configured under. The target is valid only while the org has that connection. */
  readonly connectionId: string;
  readonly projectId: number;
  readonly pathWithNamespace: string;
  readonly webUrl: string;
  readonly branch: string;
  readonly scope: Scope;
  /** Warnings found when the scope was set. */
  readonly warnings: readonly ScopeWarning[];
  readonly autoSync: boolean;
  readonly autoPull: boolean;
  /** Precedes the message of each commit, for projects whose rules require one; may be empty. */
  readonly messagePrefix: string;
  /** Makes commits as the token's user, and credits their authors in the message. */
  readonly fallbackAuthor: boolean;
  readonly reportStatus: ReportStatus;
  /** True if Dot created the project. */
  readonly created: boolean;
  readonly onConflict: OnConflict;
  readonly configuredAt: Date;
  readonly configuredBy: string;
}

/** The part of a target that shows whether an event on GitLab concerns the org. */
export type TargetLocation = Pick<
  SyncTarget,
  | 'org'
  | 'connectionId'
  | 'projectId'
  | 'pathWithNamespace'
  | 'branch'
  | 'autoPull'
  | 'publish'
  | 'workBranch'
>;

/** The effect of a changed target on the sync: another repository or branch, another scope, or neither. */
export type TargetChange = 'target' | 'scope' | 'settings';

/** Settings that are chosen after a target was configured. */
type Switches =
  'autoSync' | 'autoPull' | 'messagePrefix' | 'fallbackAuthor' | 'reportStatus' | keyof Publishing;

export type Configuration = Omit<SyncTarget, 'id' | Switches>;

/** Builds the target that replaces `former`; the same repository and branch keep their id and settings. */
export function nextTarget(former: SyncTarget | null, next: Configuration): SyncTarget {
  if (!former || !sameProject(former, next)) return { ...next, ...fresh() };
  const created = former.created || next.created;
  if (former.branch !== next.branch) return { ...next, ...fresh(), created };
  const { id, autoSync, autoPull, messagePrefix, fallbackAuthor, reportStatus } = former;
  const { publish, workBranch, quietSeconds } = former;
  const switches = { autoSync, autoPull, messagePrefix, fallbackAuthor, reportStatus };
  return { ...next, id, ...switches, publish, workBranch, quietSeconds, created };
}

export interface Settings extends Partial<Pick<SyncTarget, Switches>> {
  readonly scope?: Scope;
  readonly branch?: string;
  readonly warnings?: readonly ScopeWarning[];
}

/** Keeps absent settings. Another branch makes another target with the same settings. */
export function withSettings(target: SyncTarget, settings: Settings): SyncTarget {
  const given = Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
  const next: SyncTarget = { ...target, ...given };
  return next.branch === target.branch ? next : { ...next, id: randomUUID() };
}

export function changeBetween(former: SyncTarget | null, next: SyncTarget): TargetChange {
  if (former?.id !== next.id) return 'target';
  return former.scope.equals(next.scope) ? 'settings' : 'scope';
}

function fresh() {
  const switches = { autoSync: false, autoPull: true, messagePrefix: '', fallbackAuthor: false };
  return { id: randomUUID(), ...switches, reportStatus: 'off' as const, ...DEFAULT_PUBLISHING };
}

function sameProject(one: Configuration, other: Configuration): boolean {
  return one.connectionId === other.connectionId && one.projectId === other.projectId;
}
