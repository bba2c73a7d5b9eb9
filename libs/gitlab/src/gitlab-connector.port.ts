import type { OrgId, Secret } from '@app/kernel';
import type { GitLab } from './gitlab.port';
import type { Project } from './gitlab.types';
import type { InstancePlace } from './http/instance-url';

export interface Access {
  /** Normalised: scheme, host, port, and the base path if the instance has one. */
  readonly instanceUrl: string;
  readonly token: Secret;
  /** The org that owns the token. Calls count towards its share of the budget. */
  readonly org: OrgId;
}

/** `interactive` means that a person waits for the answer. Each priority has its own budget and slots. */
export type CallPriority = 'interactive' | 'sync';

export interface CallOptions {
  /** Aborts the running call, which then throws the signal's reason. */
  readonly signal?: AbortSignal;
  /** Called once for each request sent to GitLab. */
  readonly onRequest?: () => void;
  /**
   * Called if `changesSince` or `readFiles` finds a new path of its project, once for each path. The running call
   * waits for it.
   */
  readonly onProjectMoved?: (project: Project) => Promise<void>;
  /** Defaults to `sync`. */
  readonly priority?: CallPriority;
}

/** Opens GitLab for a token. Opening sends no request; the first call may fail. */
export abstract class GitLabConnector {
  /** Returns the instance that a person's text names; blank means gitlab.com. @throws InstanceUrlInvalid */
  abstract placeOf(typed: string): InstancePlace;

  abstract open(access: Access, options?: CallOptions): GitLab;
}
