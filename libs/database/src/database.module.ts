import { Logger, Module, type DynamicModule, type ModuleMetadata } from '@nestjs/common';
import { TypeOrmModule, type TypeOrmModuleOptions } from '@nestjs/typeorm';
import { Transactions, type Provided } from '@app/kernel';
import { breakWhereSilent, type Connection } from './connection';
import { Database } from './database';
import { migrate, withClient, type Migration, type MigrationSettings } from './migrate';
import { checkRowSecurity, RowSecurity } from './row-security/check-row-security';
import { TypeOrmTransactions } from './typeorm-transactions';

export interface DatabaseSettings extends MigrationSettings {
  /** Allows the start even if row-level security is not in force. */
  readonly allowUnlockedTenants?: boolean;
  /** Connections of this process; 10 by default. */
  readonly poolSize?: number;
  /**
   * Longest time of a statement in milliseconds; 30,000 by default. A connection that is silent for longer is closed.
   */
  readonly patienceMs?: number;
}

const SETTINGS = Symbol('settings of the database');

@Module({})
export class DatabaseModule {
  /** Updates the schema and checks row-level security before any provider uses the database. */
  static forRoot(
    settings: Provided<DatabaseSettings>,
    migrations: readonly Migration[],
    imports: ModuleMetadata['imports'] = [],
  ): DynamicModule {
    const prepared: DynamicModule = {
      module: PreparedDatabase,
      imports,
      providers: [
        { ...settings, provide: SETTINGS },
        {
          provide: RowSecurity,
          inject: [SETTINGS],
          useFactory: (prepare: DatabaseSettings) => prepareDatabase(prepare, migrations),
        },
      ],
      exports: [RowSecurity, SETTINGS],
    };
    return {
      module: DatabaseModule,
      imports: [
        prepared,
        TypeOrmModule.forRootAsync({
          imports: [prepared],
          inject: [SETTINGS, RowSecurity],
          useFactory: (connect: DatabaseSettings) => connectionOptions(connect),
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
  'row-level security not in force: only the code keeps organisations apart; see Tenants in docs/security.md';

/**
 * PostgreSQL itself ends a slow statement. A connection silent beyond that limit means that PostgreSQL is
 * unavailable.
 */
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
