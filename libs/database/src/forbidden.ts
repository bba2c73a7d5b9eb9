import { DatabaseError } from 'pg';
import { MigrationsForbidden } from './row-security/row-security.errors';

const INSUFFICIENT_PRIVILEGE = '42501';

/** Rethrows an error; one about missing rights says what to do, and which commands help. */
export function forbidden(error: unknown, ...commands: string[]): never {
  if (error instanceof DatabaseError && error.code === INSUFFICIENT_PRIVILEGE)
    throw new MigrationsForbidden(error.message, commands);
  throw error;
}
