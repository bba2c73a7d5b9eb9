import { escapeLiteral, DatabaseError, type Client } from 'pg';
import { commandsFor } from './commands';
import { readFacts, type Facts } from './facts';
import { scramVerifier } from './scram';

/** Retries, because all databases of a server share its roles: concurrent starts may create them, and some fail. */
const ROUNDS = 5;
/** Insufficient privilege, or a missing role that could not be made. */
const REFUSED = ['42501', '42704'];
/** Already made; updated concurrently; a deadlock. */
const RACED = ['42710', '23505', 'XX000', '40P01'];

/** The login of the service; created if it does not exist. */
export interface Login {
  readonly name: string;
  readonly password?: string;
}

/** Makes roles, policies and rights, as far as this connection's user may; `checkRowSecurity` reports the rest. */
export async function applyRowSecurity(owner: Client, schema: string, login: Login): Promise<void> {
  const password = login.password ? escapeLiteral(scramVerifier(login.password)) : null;
  const missing = async () => {
    const facts = await readFacts(owner, login.name, schema);
    return { facts, ...commandsFor(facts, password) };
  };
  for (let round = 1; round <= ROUNDS; round++) {
    const { roles, tables } = await missing();
    if (!roles.length && !tables.length) return;
    const outcomes = await runAll(owner, roles);
    const { facts, ...left } = await missing();
    if (!canLockTables(facts)) return;
    outcomes.push(...(await runAll(owner, left.tables)));
    if (!outcomes.includes('raced')) return;
  }
}

/** An owner who sees no rows would migrate none: policies bind it only if it may see all. */
function canLockTables({ roles, tables }: Facts): boolean {
  return roles.every(({ exists }) => exists) && tables.every(({ ownerSees }) => ownerSees);
}

type Outcome = 'done' | 'refused' | 'raced';

async function runAll(owner: Client, commands: readonly string[]): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const command of commands) outcomes.push(await run(owner, command));
  return outcomes;
}

async function run(owner: Client, command: string): Promise<Outcome> {
  try {
    await owner.query(command);
    return 'done';
  } catch (error) {
    const code = error instanceof DatabaseError ? (error.code ?? '') : '';
    if (REFUSED.includes(code)) return 'refused';
    if (RACED.includes(code)) return 'raced';
    throw error;
  }
}
