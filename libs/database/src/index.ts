export { Database } from './database';
export { DatabaseModule } from './database.module';
export type { DatabaseSettings } from './database.module';
export { migrate } from './migrate';
export { rowsWhere } from './rows-where';
export { migrations } from './migrations';
export { EmbeddedPostgres } from './embedded/embedded-postgres';
export type { EmbeddedPostgresSettings } from './embedded/embedded-postgres';
export { DataDirInUse, EmbeddedPostgresUnavailable } from './embedded/embedded-postgres.errors';
