import type { InMemoryTables } from '@app/database/testing';
import type { GitLabConnector } from '@app/gitlab';
import type { Clock, EventBus, Transactions } from '@app/kernel';
import { CheckConnection } from './application/check-connection';
import { Connect } from './application/connect';
import { CredentialsService } from './application/credentials.service';
import { Disconnect } from './application/disconnect';
import { OpenGitLab } from './application/open-gitlab';
import { RewrapTokens } from './application/rewrap-tokens';
import { Vault } from './application/vault';
import { FakeKeySource } from './infrastructure/fake-key-source';
import { InMemoryConnections } from './infrastructure/in-memory-connections';

export { Connections } from './application/connections.port';
export type { StoredConnection } from './application/connections.port';
export { FakeKeySource } from './infrastructure/fake-key-source';
export { InMemoryConnections } from './infrastructure/in-memory-connections';
export { ConnectionRow, TypeOrmConnections } from './infrastructure/typeorm-connections';

export interface InMemoryCredentialsParts {
  readonly tables: InMemoryTables;
  readonly transactions: Transactions;
  readonly connector: GitLabConnector;
  readonly events: EventBus;
  readonly clock: Clock;
  readonly keys?: FakeKeySource;
}

/** The module without Nest and without a database. */
export function inMemoryCredentials(parts: InMemoryCredentialsParts): CredentialsService {
  const { tables, transactions, connector, events, clock, keys = new FakeKeySource() } = parts;
  const connections = new InMemoryConnections(tables);
  const vault = new Vault(keys);
  const openGitLab = new OpenGitLab(connections, vault, connector);
  return new CredentialsService(
    new Connect(connections, vault, connector, transactions, events, clock),
    new CheckConnection(openGitLab, connections, transactions, events),
    new Disconnect(connections, transactions, events),
    openGitLab,
    new RewrapTokens(connections, vault),
    connections,
    vault,
  );
}
