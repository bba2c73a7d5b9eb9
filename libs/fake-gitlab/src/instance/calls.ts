import { Faults } from './faults';

/** Describes a call by the port's name for it. Each HTTP route has such a name. */
export interface Call {
  readonly operation: string;
  /** Method and route template over HTTP; the port's method in process. */
  readonly route: string;
  readonly method: string;
  readonly projectId: number | string | null;
}

type Watcher = (call: Call) => void | Promise<void>;

/** Logs every request and provides hooks for tests. */
export class Calls {
  readonly faults = new Faults();
  /** Runs before the effect. An error goes to the caller in process, and breaks the connection over HTTP. */
  before: Watcher = () => undefined;
  /**
   * Runs between the checks of a commit and its effect, in GitLab's small race window
   * (docs/gitlab-api.md#last_commit_id).
   */
  between: Watcher = () => undefined;
  /** Runs after the effect, before the response is sent. */
  after: Watcher = () => undefined;
  private readonly log: Call[] = [];

  record(call: Call): void {
    this.log.push(call);
  }

  get all(): readonly Call[] {
    return this.log;
  }

  /** Returns the number of requests by route. */
  get counts(): Readonly<Record<string, number>> {
    const counts: Record<string, number> = {};
    for (const { route } of this.log) counts[route] = (counts[route] ?? 0) + 1;
    return counts;
  }

  reset(): void {
    this.log.length = 0;
  }
}
