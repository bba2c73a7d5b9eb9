import { Module, type DynamicModule } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { GITLAB_SYNC } from '@app/database';
import { Secret } from '@app/kernel';
import { RenewExpiringTokens } from './application/renew-expiring-tokens';
import { ChangeConnection } from './application/change-connection';
import { CheckConnection } from './application/check-connection';
import { CheckKeys } from './application/check-keys';
import { Connect } from './application/connect';
import { Connections } from './application/connections.port';
import { CredentialsService } from './application/credentials.service';
import { Disconnect } from './application/disconnect';
import { EndConnection } from './application/end-connection';
import { EndRotation } from './application/end-rotation';
import { KeySource } from './application/key-source.port';
import { OpenGitLab } from './application/open-gitlab';
import { RewrapTokens } from './application/rewrap-tokens';
import { RotateToken } from './application/rotate-token';
import { TokenLifecycleSettings } from './application/token-lifecycle.settings';
import { Vault } from './application/vault';
import { ConnectionController } from './http/connection.controller';
import { RenewExpiringTokensJob } from './jobs/renew-expiring-tokens.job';
import { parseKeyRing } from './infrastructure/key-ring';
import { ConnectionRow, TypeOrmConnections } from './infrastructure/typeorm-connections';

export interface CredentialsSettings {
  /** `id:base64-of-32-bytes,...`, or another source of keys. */
  readonly keyRing: Secret | KeySource;
  readonly tokenLifecycle?: Partial<TokenLifecycleSettings>;
  /** True if this process renews expiring tokens. */
  readonly works?: boolean;
}

@Module({})
export class CredentialsModule {
  /** @throws KeyRingInvalid */
  static forRoot({ keyRing, tokenLifecycle, works = false }: CredentialsSettings): DynamicModule {
    const keys = keyRing instanceof Secret ? parseKeyRing(keyRing.reveal()) : keyRing;
    return {
      module: CredentialsModule,
      global: true,
      imports: [TypeOrmModule.forFeature([ConnectionRow], GITLAB_SYNC)],
      controllers: [ConnectionController],
      providers: [
        RenewExpiringTokens,
        ChangeConnection,
        CheckConnection,
        CheckKeys,
        Connect,
        CredentialsService,
        Disconnect,
        EndConnection,
        EndRotation,
        OpenGitLab,
        RewrapTokens,
        RotateToken,
        Vault,
        ...(works ? [RenewExpiringTokensJob] : []),
        { provide: TokenLifecycleSettings, useValue: new TokenLifecycleSettings(tokenLifecycle) },
        { provide: KeySource, useValue: keys },
        { provide: Connections, useClass: TypeOrmConnections },
      ],
      exports: [CredentialsService],
    };
  }
}
