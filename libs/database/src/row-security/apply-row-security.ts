import { escapeLiteral, DatabaseError, type Client } from 'pg';
import { commandsFor } from './commands';
import { readFacts, type Facts } from './facts';
import { scramVerifier } from './scram';

/** Roles belong to all databases of a server: starts of several may make them at the same time, and some of them fail. */
const ROUNDS = 5;
/** Insufficient privilege; a role that is not there, because it could not be made. */
const REFUSED = ['42501', '42704'];
/** It is there by now; updated concurrently; a deadlock. */
const RACED = ['42710', '23505', 'XX000', '40P01'];

/** Who the service logs in as; made if it is not there. */
export interface Login {
  readonly name: string;
  readonly password?: string;
}

/** Makes roles, policies and rights, as far as the user of this connection may; what remains is for `checkRowSecurity` to report. */
export async function applyRowSecurity(owner: Client, login: Login): Promise<void> {
  const password = login.password ? escapeLiteral(scramVerifier(login.password)) : null;
  const missing = async () => {
    const facts = await readFacts(owner, login.name);
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

/** An owner who sees no rows would migrate none: it is bound only if it may see all. */
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
