import { createHash } from 'node:crypto';
import type { Finding } from '../rules/secret-scanner';

/** Returns the key under which the release of a finding is stored. It is valid for one file. */
export function fingerprintOf(path: string, { digest }: Pick<Finding, 'digest'>): string {
  return createHash('sha256').update(`${path}\0${digest}`).digest('hex');
}
