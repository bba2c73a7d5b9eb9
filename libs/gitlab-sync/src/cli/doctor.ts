import type { DatabaseSettings } from '@app/database';
import { checkDatabase } from './database-checks';
import type { Finding } from './finding';
import { checkKeys, checkPublicUrl, checkRedis } from './service-checks';

export interface DoctorSettings {
  readonly database: DatabaseSettings;
  readonly redisUrl?: string;
  readonly keys?: string;
  readonly publicUrl?: string;
}

/** Checks what an installation needs, and changes nothing. */
export async function diagnose({ database, redisUrl, keys, publicUrl }: DoctorSettings): Promise<Finding[]> {
  const [ofDatabase, redis, site] = await Promise.all([
    checkDatabase(database),
    checkRedis(redisUrl),
    checkPublicUrl(publicUrl),
  ]);
  return [...ofDatabase, redis, checkKeys(keys), site];
}

/** Writes one line for each finding: `ok` with a fact, or `FIX` with what to do. */
export function reportOf(findings: readonly Finding[]): string {
  const width = Math.max(...findings.map(({ subject }) => subject.length));
  return findings
    .map(({ subject, ok, text }) => `${ok ? 'ok ' : 'FIX'}  ${subject.padEnd(width)}  ${text}`)
    .join('\n');
}
