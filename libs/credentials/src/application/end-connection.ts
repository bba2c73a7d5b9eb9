import { Injectable, Logger } from '@nestjs/common';
import { GitLabConnector, type GitLab } from '@app/gitlab';
import { Clock, Transactions } from '@app/kernel';
import type { Connection } from '../domain/connection';
import type { StoredConnection } from './connections.port';
import { TOKEN_PURPOSE } from './token-purpose';
import { Vault } from './vault';

const PATIENCE_MS = 5_000;

/** What is left to do on GitLab with the token that was destroyed. */
export type AfterDisconnect = (gitlab: GitLab) => Promise<void>;

/** Destroys what a module above keeps for the sake of the connection, in the transaction that ends it. */
export type DestroySecrets = (ended: Connection) => Promise<AfterDisconnect | null>;

/** A connection ends by a disconnect, and when one to another instance takes its place. */
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

  /** Within the transaction that takes the connection away. GitLab is told once that is committed, and nobody waits for it. */
  async execute(ended: StoredConnection): Promise<void> {
    const farewells: AfterDisconnect[] = [];
    for (const destroy of this.others) {
      const farewell = await destroy(ended.connection);
      if (farewell) farewells.push(farewell);
    }
    if (farewells.length) this.transactions.afterCommit(() => void this.runAfterDisconnect(farewells, ended));
  }

  /** From here on the token is in memory alone. It may be dead and GitLab silent: nothing depends on this. */
  private async runAfterDisconnect(
    farewells: readonly AfterDisconnect[],
    { connection, sealedToken }: StoredConnection,
  ) {
    const { org, instanceUrl } = connection;
    const over = new AbortController();
    const late = new Error(`no answer within ${PATIENCE_MS} ms`);
    void this.clock.sleep(PATIENCE_MS, over.signal).then(() => over.abort(late));
    try {
      const token = this.vault.open(org, TOKEN_PURPOSE, sealedToken);
      const gitlab = this.connector.open({ instanceUrl, token, org }, { signal: over.signal });
      await Promise.all(farewells.map((farewell) => farewell(gitlab)));
    } catch (error) {
      this.logger.warn({ err: error, org, instanceUrl }, 'something of ours may be left on GitLab');
    } finally {
      over.abort();
    }
  }
}
