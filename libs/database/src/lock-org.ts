import type { OrgId } from '@app/kernel';
import type { Database } from './database';

/** Serialises the transactions that lock the same thing of an org. The lock ends with the running transaction. */
export async function lockOrg(db: Database, thing: string, org: OrgId): Promise<void> {
  await db.forOrg(org).query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`${thing}/${org}`]);
}
