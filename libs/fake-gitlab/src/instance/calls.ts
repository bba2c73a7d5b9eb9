import { Faults } from './faults';

/** What a call is for, in the words of the port; the HTTP face names each of its routes so. */
export interface Call {
  readonly operation: string;
  /** Method and route template over HTTP; the port's method in process. */
  readonly route: string;
  readonly method: string;
  readonly projectId: number | string | null;
}

type Watcher = (call: Call) => void | Promise<void>;

/** Every request that came in, and the places where a test may step in. */
export class Calls {
  readonly faults = new Faults();
  /** Runs before the effect. What it throws goes to the caller in process, and cuts the connection over HTTP. */
  before: Watcher = () => undefined;
  /** Runs between the checks of a commit and its effect: GitLab's small window (docs/gitlab-api.md#last_commit_id). */
  between: Watcher = () => undefined;
  /** Runs when the effect is made and the answer is not sent yet. */
  after: Watcher = () => undefined;
  private readonly log: Call[] = [];

  record(call: Call): void {
    this.log.push(call);
  }

  get all(): readonly Call[] {
    return this.log;
  }

  /** How many requests came in, by route. */
  get counts(): Readonly<Record<string, number>> {
    const counts: Record<string, number> = {};
    for (const { route } of this.log) counts[route] = (counts[route] ?? 0) + 1;
    return counts;
  }

  reset(): void {
    this.log.length = 0;
  }
}
