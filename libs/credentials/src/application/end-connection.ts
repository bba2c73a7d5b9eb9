import { Injectable, Logger } from '@nestjs/common';
import { GitLabConnector, type GitLab } from '@app/gitlab';
import { Clock, Transactions } from '@app/kernel';
import type { Connection } from '../domain/connection';
import type { StoredConnection } from './connections.port';
import { TOKEN_PURPOSE } from './token-purpose';
import { Vault } from './vault';

const CLEANUP_TIMEOUT_MS = 5_000;

/** Cleans up on GitLab with the token that was destroyed. */
export type AfterDisconnect = (gitlab: GitLab) => Promise<void>;

/** Destroys the secrets that another module keeps for the connection, in the transaction that ends it. */
export type DestroySecrets = (ended: Connection) => Promise<AfterDisconnect | null>;

/** Ends a connection: on disconnect, or when a connection to another instance replaces it. */
@Injectable()
export class EndConnection {
  private readonly logger = new Logger('credentials');
  private readonly others: DestroySecrets[] = [];

  constructor(
    private readonly vault: Vault,
    private readonly connector: GitLabConnector,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  onDisconnect(destroy: DestroySecrets): void {
    this.others.push(destroy);
  }

  /**
   * Runs in the transaction that removes the connection. The clean-up on GitLab starts after commit, in the
   * background.
   */
  async execute(ended: StoredConnection): Promise<void> {
    const cleanups: AfterDisconnect[] = [];
    for (const destroy of this.others) {
      const cleanup = await destroy(ended.connection);
      if (cleanup) cleanups.push(cleanup);
    }
    if (cleanups.length) this.transactions.afterCommit(() => void this.runAfterDisconnect(cleanups, ended));
  }

  /** Uses the token, which now exists only in memory. Best effort: the token may be dead and GitLab silent. */
  private async runAfterDisconnect(
    cleanups: readonly AfterDisconnect[],
    { connection, sealedToken }: StoredConnection,
  ) {
    const { org, instanceUrl } = connection;
    const over = new AbortController();
    const timeout = new Error(`no answer within ${CLEANUP_TIMEOUT_MS} ms`);
    void this.clock.sleep(CLEANUP_TIMEOUT_MS, over.signal).then(() => over.abort(timeout));
    try {
      const token = this.vault.open(org, TOKEN_PURPOSE, sealedToken);
      const gitlab = this.connector.open({ instanceUrl, token, org }, { signal: over.signal });
      await Promise.all(cleanups.map((cleanup) => cleanup(gitlab)));
    } catch (error) {
      this.logger.warn(
        { err: error, org, instanceUrl },
        'clean-up on GitLab failed; a webhook of this service may be left there',
      );
    } finally {
      over.abort();
    }
  }
}
