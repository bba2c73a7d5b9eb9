import type { DataSourceOptions } from 'typeorm';
import type { Sql } from '../pg/sql';
import { sqlDriver } from './sql-driver';

/** Returns the options of a data source that sends its queries through `sql`, and closes it when it is destroyed. */
export function dataSourceOn(sql: Sql): DataSourceOptions {
  return {
    type: 'postgres',
    driver: sqlDriver(sql),
    synchronize: false,
    uuidExtension: 'pgcrypto',
    installExtensions: false,
  };
}
