import { Logger, Module, type DynamicModule } from '@nestjs/common';
import { TypeOrmModule, type TypeOrmModuleOptions } from '@nestjs/typeorm';
import { Transactions } from '@app/kernel';
import { breakWhereSilent, type Connection } from './connection';
import { Database } from './database';
import { migrate, withClient, type Migration, type MigrationSettings } from './migrate';
import { checkRowSecurity, RowSecurity } from './row-security/check-row-security';
import { TypeOrmTransactions } from './typeorm-transactions';

export interface DatabaseSettings extends MigrationSettings {
  /** Starts also if row-level security is not in force. */
  readonly allowUnlockedTenants?: boolean;
  /** Connections of this process; 10 where absent. */
  readonly poolSize?: number;
  /** How long a statement may take, in milliseconds; 30,000 where absent. A connection that is silent for longer is given up. */
  readonly patienceMs?: number;
}

@Module({})
export class DatabaseModule {
  /** Brings the schema up to date, and checks that tenants are locked, before anything that needs the database is made. */
  static forRoot(settings: DatabaseSettings, migrations: readonly Migration[]): DynamicModule {
    const prepared: DynamicModule = {
      module: PreparedDatabase,
      providers: [{ provide: RowSecurity, useFactory: () => prepareDatabase(settings, migrations) }],
      exports: [RowSecurity],
    };
    return {
      module: DatabaseModule,
      global: true,
      imports: [
        prepared,
        TypeOrmModule.forRootAsync({
          imports: [prepared],
          inject: [RowSecurity],
          useFactory: () => connectionOptions(settings),
        }),
      ],
      providers: [Database, { provide: Transactions, useClass: TypeOrmTransactions }],
      exports: [Database, Transactions, prepared],
    };
  }
}

@Module({})
class PreparedDatabase {}

/**
 * Migrates the database, and checks that row-level security is in force.
 * @throws MigrationsPending, MigrationsForbidden, TenantsUnlocked
 */
export async function prepareDatabase(
  { allowUnlockedTenants = false, ...settings }: DatabaseSettings,
  migrations: readonly Migration[],
): Promise<RowSecurity> {
  await migrate(settings, migrations);
  const rowSecurity = await withClient(settings.url, (login) =>
    checkRowSecurity(login, allowUnlockedTenants),
  );
  if (!rowSecurity.inForce) new Logger('database').warn(UNLOCKED);
  return rowSecurity;
}

const UNLOCKED =
  'row-level security is not in force: only the code keeps organisations apart. See Tenants in docs/security.md.';

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
