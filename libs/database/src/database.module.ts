import { Module, type DynamicModule } from '@nestjs/common';
import { TypeOrmModule, type TypeOrmModuleOptions } from '@nestjs/typeorm';
import { Transactions } from '@app/kernel';
import { breakWhereSilent, type Connection } from './connection';
import { Database } from './database';
import { migrate } from './migrate';
import { TypeOrmTransactions } from './typeorm-transactions';

export interface DatabaseSettings {
  readonly url: string;
  /** Connections of this process; 10 where absent. */
  readonly poolSize?: number;
  /** How long a statement may take, in milliseconds; 30,000 where absent. A connection that is silent for longer is given up. */
  readonly patienceMs?: number;
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

/** PostgreSQL itself ends what takes too long; it is silent beyond that only where it is away. */
const SILENT_FOR_SURE = 1.2;
const PROBE_AFTER_MS = 30_000;

function connectionOptions({
  url,
  poolSize = 10,
  patienceMs = 30_000,
}: DatabaseSettings): TypeOrmModuleOptions {
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
      statement_timeout: patienceMs,
      idle_in_transaction_session_timeout: patienceMs,
      onConnect: (connection: Connection) => breakWhereSilent(connection, patienceMs * SILENT_FOR_SURE),
      keepAlive: true,
      keepAliveInitialDelayMillis: PROBE_AFTER_MS,
    },
  };
}
