import type { GitLab } from '@app/gitlab';
import type { Connection } from '../domain/connection';

/** One thing a connection check looked at. */
export interface Check {
  readonly name: string;
  readonly ok: boolean;
  /** What was found, and what to do where it is not ok. */
  readonly detail: string;
}

/** What a connection check looks at beyond the token. The modules above add theirs with `CredentialsService.addProbe`. */
export abstract class ConnectionProbe {
  /** Called only where GitLab accepts the token; a domain error becomes a check that is not ok. */
  abstract probe(connection: Connection, gitlab: GitLab): Promise<readonly Check[]>;
}
