export type { CheckedConnection } from './application/check-connection';
export type { ConnectRequest } from './application/connect';
export { ConnectionApi } from './application/connection.api';
export type { NewConnection, TokenChange } from './application/connection.api';
export { ConnectionProbe } from './application/connection-probe.port';
export type { Check } from './application/connection-probe.port';
export { connectionView } from './application/connection.view';
export type { CheckedConnectionView, ConnectionView } from './application/connection.view';
export { CredentialsService } from './application/credentials.service';
export { KeySource } from './application/key-source.port';
export type { WrappingKey } from './application/key-source.port';
export type { OpenConnection } from './application/open-gitlab';
export { RewrapTokens } from './application/rewrap-tokens';
export type { Rewrapped } from './application/rewrap-tokens';
export { TokenLifecycleSettings } from './application/token-lifecycle.settings';
export { Vault } from './application/vault';
export { CredentialsModule } from './credentials.module';
export type { Connection, ConnectionIds, TokenFacts, TokenKind } from './domain/connection';
export { NotConnected, SecretUnreadable, VaultKeyUnknown } from './domain/credentials.errors';
export type {
  ConnectionChanged,
  ConnectionChecked,
  ConnectionExpiring,
  ConnectionRemoved,
  RotationEnded,
} from './domain/credentials.events';
export { needsAttention } from './domain/expiry';
export type { WarningDays } from './domain/expiry';
export { noticeOf } from './domain/notice';
export { TokenMalformed } from './domain/token-form';
export { KeyRing, KeyRingInvalid, parseKeyRing } from './infrastructure/key-ring';
export { credentialsMigrations } from './infrastructure/migrations';
