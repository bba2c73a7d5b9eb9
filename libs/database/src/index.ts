export { Database } from './database';
export { DatabaseModule, prepareDatabase } from './database.module';
export { GITLAB_SYNC, pgSettings } from './settings';
export { loginOf } from './settings';
export type { DatabaseLogin, DatabaseOptions, DatabaseSettings, MigrationSettings } from './settings';
export { migrate } from './migrate';
export type { Migration } from './migration';
export { pendingSql } from './pending-sql';
export { withClient } from './with-client';
export { AUDIT_FLOOR_DAYS } from './row-security/roles';
export { RowSecurity } from './row-security/check-row-security';
export {
  MigrationsForbidden,
  MigrationsPending,
  TablesInUse,
  TablesMissing,
  TenantsUnlocked,
} from './row-security/row-security.errors';
export type { PgSettings } from './pg/connection-pool';
export { Sql } from './pg/sql';
export type { TenantSql } from './pg/sql';
export type { TenantDatabase } from './tenant-database';
export { dataSourceOn } from './typeorm/data-source';
export { rowsWhere } from './typeorm/rows-where';
export { bigintAsNumber } from './bigint-as-number';
export { lockOrg } from './lock-org';
