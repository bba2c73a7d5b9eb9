import type { GitLab } from '@app/gitlab';
import type { Connection } from '../domain/connection';

/** One result of a connection check. */
export interface Check {
  readonly name: string;
  readonly ok: boolean;
  /** The finding, and the next step if it is not ok. */
  readonly detail: string;
}

/**
 * Adds checks beyond the token to a connection check. Modules above register theirs with
 * `CredentialsService.addProbe`.
 */
export abstract class ConnectionProbe {
  /** Runs only if GitLab accepts the token; a domain error becomes a check that is not ok. */
  abstract probe(connection: Connection, gitlab: GitLab): Promise<readonly Check[]>;
}
