import { Module, type DynamicModule } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Secret } from '@app/kernel';
import { CheckConnection } from './application/check-connection';
import { ConfirmKeys } from './application/confirm-keys';
import { Connect } from './application/connect';
import { Connections } from './application/connections.port';
import { CredentialsService } from './application/credentials.service';
import { Disconnect } from './application/disconnect';
import { KeySource } from './application/key-source.port';
import { OpenGitLab } from './application/open-gitlab';
import { RewrapTokens } from './application/rewrap-tokens';
import { Vault } from './application/vault';
import { ConnectionController } from './http/connection.controller';
import { parseKeyRing } from './infrastructure/key-ring';
import { ConnectionRow, TypeOrmConnections } from './infrastructure/typeorm-connections';

export interface CredentialsSettings {
  /** `id:base64-of-32-bytes,...` or where else the keys come from. */
  readonly keyRing: Secret | KeySource;
}

@Module({})
export class CredentialsModule {
  /** @throws KeyRingInvalid */
  static forRoot({ keyRing }: CredentialsSettings): DynamicModule {
    const keys = keyRing instanceof Secret ? parseKeyRing(keyRing.reveal()) : keyRing;
    return {
      module: CredentialsModule,
      global: true,
      imports: [TypeOrmModule.forFeature([ConnectionRow])],
      controllers: [ConnectionController],
      providers: [
        CheckConnection,
        ConfirmKeys,
        Connect,
        CredentialsService,
        Disconnect,
        OpenGitLab,
        RewrapTokens,
        Vault,
        { provide: KeySource, useValue: keys },
        { provide: Connections, useClass: TypeOrmConnections },
      ],
      exports: [CredentialsService],
    };
  }
}
