import type { AuditTrail } from '@app/audit';
import type { InMemoryTables } from '@app/database/testing';
import type { GitLabConnector } from '@app/gitlab';
import type { Clock, EventBus, Transactions } from '@app/kernel';
import { RenewExpiringTokens } from '../src/application/renew-expiring-tokens';
import { ChangeConnection } from '../src/application/change-connection';
import { CheckConnection } from '../src/application/check-connection';
import { Connect } from '../src/application/connect';
import { CredentialsService } from '../src/application/credentials.service';
import { Disconnect } from '../src/application/disconnect';
import { EndConnection } from '../src/application/end-connection';
import { EndRotation } from '../src/application/end-rotation';
import { OpenGitLab } from '../src/application/open-gitlab';
import { RewrapTokens } from '../src/application/rewrap-tokens';
import { RotateToken } from '../src/application/rotate-token';
import { TokenLifecycleSettings } from '../src/application/token-lifecycle.settings';
import type { Connections } from '../src/application/connections.port';
import { Vault } from '../src/application/vault';
import { FakeKeySource } from './fake-key-source';
import { InMemoryConnections } from './in-memory-connections';

export { Connections } from '../src/application/connections.port';
export type { StoredConnection } from '../src/application/connections.port';
export { FakeKeySource } from './fake-key-source';
export { keySourceContract } from './key-source.contract';
export type { KeySourceSubject } from './key-source.contract';
export { InMemoryConnections } from './in-memory-connections';
export { ConnectionRow, TypeOrmConnections } from '../src/infrastructure/typeorm-connections';

export interface InMemoryCredentialsParts {
  readonly tables: InMemoryTables;
  readonly transactions: Transactions;
  readonly connector: GitLabConnector;
  readonly events: EventBus;
  readonly clock: Clock;
  readonly keys?: FakeKeySource;
}

/** Builds the module without Nest and without a database. */
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
    new ChangeConnection(connections, vault, connector, transactions, events, clock),
    connections,
    vault,
  );
}

/** Builds the change of keys of one process. */
export const rewrapTokensOver = (tables: InMemoryTables, keys: FakeKeySource): RewrapTokens =>
  new RewrapTokens(new InMemoryConnections(tables), new Vault(keys));

interface TokenLifecycleParts extends Omit<InMemoryCredentialsParts, 'tables'> {
  readonly connections: Connections;
  readonly trail: AuditTrail;
}

/** Builds the renewal of tokens of one process. */
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
