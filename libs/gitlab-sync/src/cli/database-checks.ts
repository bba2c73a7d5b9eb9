import { loginOf, prepareDatabase, withClient, type DatabaseSettings } from '@app/database';
import { migrations } from '../migrations';
import { broken, fine, reasonOf, type Finding } from './finding';

/** The oldest release that the tests run on. */
const OLDEST_POSTGRES = 150_000;
const LARGEST_SKEW_MS = 5_000;

interface Server {
  readonly version: string;
  readonly number: number;
  readonly role: string;
  readonly superuser: boolean;
  readonly now: Date;
}

const SERVER = `
  SELECT current_setting('server_version') AS version, current_setting('server_version_num')::int AS number,
         session_user AS role, (SELECT rolsuper FROM pg_roles WHERE rolname = session_user) AS superuser,
         clock_timestamp() AS now`;

/** Checks the database, its user, the clock, the schema and row-level security. Changes nothing. */
export async function checkDatabase(settings: DatabaseSettings): Promise<Finding[]> {
  try {
    const asked = Date.now();
    const server = await withClient(
      loginOf(settings),
      async (client) => (await client.query<Server>(SERVER)).rows[0]!,
    );
    return [
      versionOf(server),
      roleOf(server),
      clockOf(server, (asked + Date.now()) / 2),
      ...(await checkSchema(settings)),
    ];
  } catch (error) {
    const text = `${reasonOf(error)}. Check DATABASE_URL, and that PostgreSQL runs and accepts this user.`;
    return [broken('database', text)];
  }
}

function versionOf({ version, number }: Server): Finding {
  if (number >= OLDEST_POSTGRES) return fine('database', `PostgreSQL ${version}`);
  return broken('database', `PostgreSQL ${version} is too old. Use PostgreSQL 15 or newer.`);
}

function roleOf({ role, superuser }: Server): Finding {
  if (!superuser) return fine('role', `${role} is not a superuser`);
  const text = `${role} is a superuser, to whom row-level security does not apply. Set DATABASE_URL to another user.`;
  return broken('role', text);
}

function clockOf({ now }: Server, here: number): Finding {
  const skew = Math.round(Math.abs(now.getTime() - here));
  if (skew <= LARGEST_SKEW_MS) return fine('clock', `${skew} ms from the clock of the database`);
  return broken(
    'clock',
    `${skew} ms from the clock of the database. Synchronise both clocks, for example by NTP.`,
  );
}

async function checkSchema(settings: DatabaseSettings): Promise<Finding[]> {
  const allowed = { ...settings, migrations: 'check', allowUnlockedTenants: true } as const;
  try {
    const { inForce } = await prepareDatabase(allowed, migrations);
    const schema = fine('schema', 'all migrations have run');
    if (inForce) return [schema, fine('row-level security', 'in force')];
    const unlocked = await prepareDatabase({ ...allowed, allowUnlockedTenants: false }, migrations).catch(
      reasonOf,
    );
    return [schema, broken('row-level security', String(unlocked))];
  } catch (error) {
    return [broken('schema', reasonOf(error))];
  }
}
