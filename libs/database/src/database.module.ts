import { Module, type DynamicModule } from '@nestjs/common';
import { TypeOrmModule, type TypeOrmModuleOptions } from '@nestjs/typeorm';
import { Transactions } from '@app/kernel';
import { Database } from './database';
import { migrate } from './migrate';
import { TypeOrmTransactions } from './typeorm-transactions';

export interface DatabaseSettings {
  readonly url: string;
  /** Connections of this process; 10 where absent. */
  readonly poolSize?: number;
}

@Module({})
export class DatabaseModule {
  /** The schema is up to date before anything that needs the database is made. */
  static forRoot(settings: DatabaseSettings): DynamicModule {
    return {
      module: DatabaseModule,
      global: true,
      imports: [
        TypeOrmModule.forRootAsync({
          useFactory: async () => {
            await migrate(settings.url);
            return connectionOptions(settings);
          },
        }),
      ],
      providers: [Database, { provide: Transactions, useClass: TypeOrmTransactions }],
      exports: [Database, Transactions],
    };
  }
}

function connectionOptions({ url, poolSize = 10 }: DatabaseSettings): TypeOrmModuleOptions {
  return {
    type: 'postgres',
    url,
    autoLoadEntities: true,
    synchronize: false,
    retryAttempts: 0,
    uuidExtension: 'pgcrypto',
    installExtensions: false,
    applicationName: 'dot-gitlab-sync',
    extra: {
      max: poolSize,
      pipeline: true,
      idleTimeoutMillis: 600_000,
      connectionTimeoutMillis: 5_000,
      statement_timeout: 30_000,
      idle_in_transaction_session_timeout: 30_000,
    },
  };
}
