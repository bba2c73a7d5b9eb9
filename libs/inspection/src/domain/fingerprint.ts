import { createHash } from 'node:crypto';
import type { Finding } from '../rules/secret-scanner';

/** Returns what a release of this finding is remembered by: it holds for one file. */
export function fingerprintOf(path: string, { digest }: Pick<Finding, 'digest'>): string {
  return createHash('sha256').update(`${path}\0${digest}`).digest('hex');
}
