import type { AuditTrail } from '@app/audit';
import type { InMemoryTables } from '@app/database/testing';
import type { GitLabConnector } from '@app/gitlab';
import type { Clock, EventBus, Transactions } from '@app/kernel';
import { RenewExpiringTokens } from './application/renew-expiring-tokens';
import { CheckConnection } from './application/check-connection';
import { Connect } from './application/connect';
import { CredentialsService } from './application/credentials.service';
import { Disconnect } from './application/disconnect';
import { EndConnection } from './application/end-connection';
import { EndRotation } from './application/end-rotation';
import { OpenGitLab } from './application/open-gitlab';
import { RewrapTokens } from './application/rewrap-tokens';
import { RotateToken } from './application/rotate-token';
import { SetSelfRotation } from './application/set-self-rotation';
import { TokenLifecycleSettings } from './application/token-lifecycle.settings';
import type { Connections } from './application/connections.port';
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
  const endConnection = new EndConnection(vault, connector, transactions, clock);
  const openGitLab = new OpenGitLab(connections, vault, connector);
  return new CredentialsService(
    new Connect(connections, endConnection, vault, connector, transactions, events, clock),
    new CheckConnection(openGitLab, connections, transactions, events),
    new Disconnect(connections, endConnection, transactions, events),
    endConnection,
    openGitLab,
    new RewrapTokens(connections, vault),
    new SetSelfRotation(connections, transactions),
    connections,
    vault,
  );
}

interface TokenLifecycleParts extends Omit<InMemoryCredentialsParts, 'tables'> {
  readonly connections: Connections;
  readonly trail: AuditTrail;
}

/** What looks after the tokens of one process. */
export function tokenLifecycleOver(parts: TokenLifecycleParts): RenewExpiringTokens {
  const { connections, trail, transactions, connector, events, clock, keys = new FakeKeySource() } = parts;
  const vault = new Vault(keys);
  const settings = new TokenLifecycleSettings();
  const check = new CheckConnection(
    new OpenGitLab(connections, vault, connector),
    connections,
    transactions,
    events,
  );
  const ended = new EndRotation(trail, transactions, events);
  const rotate = new RotateToken(
    ...([connections, vault, connector, transactions, check, ended, clock, settings] as const),
  );
  return new RenewExpiringTokens(connections, rotate, transactions, events, clock, settings);
}
