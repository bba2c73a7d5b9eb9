import { Client, type ClientConfig } from 'pg';
import type { DataSource } from 'typeorm';
import type { PgSettings } from './pg/connection-pool';
import type { Login } from './row-security/apply-row-security';

/** The schema of the service's tables, and the name of its data source. */
export const GITLAB_SYNC = 'gitlab_sync';

/** The login of the service: its URL, or a host's data source, whose connection options are copied. */
export type DatabaseLogin =
  | { readonly url: string; readonly dataSource?: undefined }
  | { readonly dataSource: DataSource; readonly url?: undefined };

/** Says who migrates the tables, and when. */
export type MigrationSettings = DatabaseLogin & {
  /** The owner of the tables, who migrates them; the login of the service if absent. */
  readonly migrationsUrl?: string;
  /** `check` refuses a schema that is out of date; `off` skips the check. `run` by default. */
  readonly migrations?: 'run' | 'check' | 'off';
  /** The schema of the tables, in lower case; `gitlab_sync` by default. */
  readonly schema?: string;
};

/** Says how a host reaches its database. */
export type DatabaseOptions = DatabaseLogin &
  Pick<MigrationSettings, 'migrationsUrl'> &
  Pick<PgSettings, 'poolSize' | 'patienceMs'> & {
    /** Allows the start even if row-level security is not in force. */
    readonly allowUnlockedTenants?: boolean;
  };

/** Says how the service reaches its database and migrates it. */
export type DatabaseSettings = DatabaseOptions & MigrationSettings;

/** A name that needs no quotes. */
const SCHEMA = /^(?!pg_)[a-z_][a-z0-9_]{0,62}$/;

/** @throws Error if the name would need quotes, or is PostgreSQL's own */
export function schemaOf({ schema = GITLAB_SYNC }: Pick<MigrationSettings, 'schema'>): string {
  if (SCHEMA.test(schema)) return schema;
  throw new Error('schema must be a name of lower-case letters, digits and _, such as gitlab_sync');
}

/** Returns the settings of the pool. */
export function pgSettings(settings: DatabaseSettings): PgSettings {
  const { poolSize, patienceMs } = settings;
  return { login: loginOf(settings), schema: schemaOf(settings), poolSize, patienceMs };
}

export function loginOf({ url, dataSource }: DatabaseLogin): ClientConfig {
  return dataSource ? copied(dataSource) : { connectionString: url };
}

/** Returns the service's user, which the migrations may have to make. */
export function serviceOf(settings: DatabaseLogin): Login {
  const { user, password } = new Client(loginOf(settings));
  return { name: user ?? '', password: typeof password === 'string' ? password : undefined };
}

export function ownerOf({ migrationsUrl, ...login }: MigrationSettings): ClientConfig {
  return migrationsUrl === undefined ? loginOf(login) : { connectionString: migrationsUrl };
}

/** Copies what TypeORM would give to `pg`. @throws Error if the data source is not of PostgreSQL */
function copied({ options }: DataSource): ClientConfig {
  if (options.type !== 'postgres')
    throw new Error('database.dataSource must be a TypeORM data source of type postgres');
  const { url, host, port, username, password, database, ssl } = options.replication?.master ?? options;
  return {
    ...{ connectionString: url, host, port, user: username, database, ssl },
    password: password as ClientConfig['password'],
    ...options.extra,
  };
}
