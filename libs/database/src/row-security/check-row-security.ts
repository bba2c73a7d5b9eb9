import type { Client } from 'pg';
import { commandsFor } from './commands';
import { readFacts, type Facts } from './facts';
import { ROLES } from './roles';
import { TenantsUnlocked } from './row-security.errors';

/** Knows whether PostgreSQL keeps the rows of organisations apart. */
export class RowSecurity {
  constructor(readonly inForce: boolean) {}
}

/** Stands in commands for a password. */
export const PLACEHOLDER = `'<password>'`;
const NEW_LOGIN = 'dot_gitlab_sync_service';
const MOVE = [
  `DATABASE_URL names a superuser, to whom row-level security does not apply. Move it to MIGRATIONS_DATABASE_URL, and set`,
  `DATABASE_URL to another user, such as ${NEW_LOGIN}; a start creates that user if it does not exist.`,
];

/**
 * Checks as the service's login that row-level security is in force: policies bind each role, with exactly its
 * rights. Each table has its policies, and the login is not a superuser.
 * @throws TenantsUnlocked if it is not in force, unless `unlockedAllowed`
 */
export async function checkRowSecurity(
  client: Client,
  schema: string,
  unlockedAllowed: boolean,
): Promise<RowSecurity> {
  const [{ login }] = (await client.query<{ login: string }>('SELECT session_user AS login')).rows;
  const facts = await readFacts(client, login, schema);
  const commands = commandsOf(facts);
  const inForce = facts.tables.length > 0 && !commands.length && !facts.login.superuser;
  if (!inForce && !unlockedAllowed) throw new TenantsUnlocked(commands, facts.login.superuser ? MOVE : []);
  return new RowSecurity(inForce);
}

function commandsOf(facts: Facts): string[] {
  const { roles, tables } = commandsFor(facts, PLACEHOLDER);
  const login = facts.login.superuser
    ? [
        `CREATE ROLE ${NEW_LOGIN} LOGIN NOINHERIT PASSWORD ${PLACEHOLDER}`,
        `GRANT ${Object.values(ROLES).join(', ')} TO ${NEW_LOGIN}`,
      ]
    : [];
  return [...roles, ...login, ...tables];
}
