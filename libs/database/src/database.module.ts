import { Logger, Module, type DynamicModule, type ModuleMetadata } from '@nestjs/common';
import { getDataSourceToken, TypeOrmModule } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { Transactions, type Provided } from '@app/kernel';
import { Database } from './database';
import { migrate } from './migrate';
import type { Migration } from './migration';
import { Sql } from './pg/sql';
import { checkRowSecurity, RowSecurity } from './row-security/check-row-security';
import { GITLAB_SYNC, loginOf, pgSettings, schemaOf, type DatabaseSettings } from './settings';
import { SqlTransactions } from './sql-transactions';
import { dataSourceOn } from './typeorm/data-source';
import { withClient } from './with-client';

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
        {
          provide: Sql,
          inject: [SETTINGS, RowSecurity],
          useFactory: (connect: DatabaseSettings) => new Sql(pgSettings(connect)),
        },
      ],
      exports: [RowSecurity, Sql],
    };
    return {
      module: DatabaseModule,
      imports: [
        prepared,
        TypeOrmModule.forRootAsync({
          name: GITLAB_SYNC,
          imports: [prepared],
          inject: [Sql],
          // Nest reads the name here too, to find the data source that it closes.
          useFactory: (sql: Sql) => ({
            ...dataSourceOn(sql),
            name: GITLAB_SYNC,
            autoLoadEntities: true,
            retryAttempts: 0,
          }),
        }),
      ],
      providers: [
        {
          provide: Database,
          inject: [Sql, getDataSourceToken(GITLAB_SYNC)],
          useFactory: (sql: Sql, source: DataSource) => new Database(sql, source),
        },
        { provide: Transactions, useClass: SqlTransactions },
      ],
      exports: [Database, Transactions, prepared],
    };
  }
}

@Module({})
class PreparedDatabase {}

/**
 * Migrates the database, and checks that row-level security is in force.
 * @throws MigrationsPending, MigrationsForbidden, TablesInUse, TablesMissing, TenantsUnlocked
 */
export async function prepareDatabase(
  settings: DatabaseSettings,
  migrations: readonly Migration[],
): Promise<RowSecurity> {
  await migrate(settings, migrations);
  const rowSecurity = await withClient(loginOf(settings), (login) =>
    checkRowSecurity(login, schemaOf(settings), settings.allowUnlockedTenants ?? false),
  );
  if (!rowSecurity.inForce) new Logger('database').warn(UNLOCKED);
  return rowSecurity;
}

const UNLOCKED =
  'row-level security not in force: only the code keeps organisations apart; see Tenants in docs/security.md';
