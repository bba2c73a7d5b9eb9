import { Module, type DynamicModule, type ModuleMetadata } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { GITLAB_SYNC } from '@app/database';
import type { Provided } from '@app/kernel';
import { RenewExpiringTokens } from './application/renew-expiring-tokens';
import { ChangeConnection } from './application/change-connection';
import { CheckConnection } from './application/check-connection';
import { CheckKeys } from './application/check-keys';
import { Connect } from './application/connect';
import { Connections } from './application/connections.port';
import { ConnectionApi } from './application/connection.api';
import { CredentialsService } from './application/credentials.service';
import { Disconnect } from './application/disconnect';
import { EndConnection } from './application/end-connection';
import { EndRotation } from './application/end-rotation';
import { OpenGitLab } from './application/open-gitlab';
import { RewrapTokens } from './application/rewrap-tokens';
import { RotateToken } from './application/rotate-token';
import { TokenLifecycleSettings } from './application/token-lifecycle.settings';
import { Vault } from './application/vault';
import { CredentialsSchedule } from './jobs/schedule';
import { ConnectionRow, TypeOrmConnections } from './infrastructure/typeorm-connections';

@Module({})
export class CredentialsModule {
  /**
   * `imports` export `AuditTrail`, `Clock`, `Database`, `EventBus`, `GitLabConnector`, `KeySource`, `Scheduler` and
   * `Transactions`.
   */
  static forRoot(
    lifecycle: Provided<TokenLifecycleSettings>,
    imports: ModuleMetadata['imports'] = [],
  ): DynamicModule {
    return {
      module: CredentialsModule,
      imports: [...imports, TypeOrmModule.forFeature([ConnectionRow], GITLAB_SYNC)],
      providers: [
        RenewExpiringTokens,
        ChangeConnection,
        CheckConnection,
        CheckKeys,
        Connect,
        ConnectionApi,
        CredentialsSchedule,
        CredentialsService,
        Disconnect,
        EndConnection,
        EndRotation,
        OpenGitLab,
        RewrapTokens,
        RotateToken,
        Vault,
        { ...lifecycle, provide: TokenLifecycleSettings },
        { provide: Connections, useClass: TypeOrmConnections },
      ],
      exports: [ConnectionApi, CredentialsService, RewrapTokens],
    };
  }
}
