import type { Redis } from 'ioredis';
import { parseKeyRing } from '@app/credentials';
import { broken, fine, reasonOf, type Finding } from './finding';

const TIMEOUT_MS = 5_000;
/** A proxy answers these if it finds no service behind it. */
const NO_SERVICE = [502, 503, 504];

/** Checks that Redis answers, and that it keeps a value. */
export async function checkRedis(url: string | undefined): Promise<Finding> {
  if (!url) return fine('redis', 'not configured: one process does all the work');
  let redis: Redis | undefined;
  try {
    const ioredis = await import('ioredis');
    redis = new ioredis.Redis(url, {
      lazyConnect: true,
      retryStrategy: () => null,
      connectTimeout: TIMEOUT_MS,
    });
    redis.on('error', () => undefined); // the open command fails by itself
    await redis.connect();
    const info = await redis.info();
    const policy = /maxmemory_policy:(\S+)/.exec(info)?.[1] ?? 'noeviction';
    if (policy === 'noeviction')
      return fine('redis', `Redis ${/redis_version:(\S+)/.exec(info)?.[1] ?? ''}`.trim());
    return broken(
      'redis',
      `maxmemory-policy is ${policy}. Set it to noeviction, so that Redis drops no work.`,
    );
  } catch (error) {
    return broken('redis', `${reasonOf(error)}. Check REDIS_URL, and that Redis runs and accepts this user.`);
  } finally {
    if (redis?.status !== 'end') redis?.disconnect(); // it would keep the process alive for two more seconds
  }
}

/** Checks the form of the key ring. */
export function checkKeys(keys: string | undefined): Finding {
  if (!keys)
    return broken('keys', 'none. Set SECRETS_KEYS to id:key, with a key from `openssl rand -base64 32`.');
  try {
    const { id } = parseKeyRing(keys).current();
    return fine('keys', `${id} encrypts`);
  } catch (error) {
    return broken(
      'keys',
      `SECRETS_KEYS: ${reasonOf(error)}. Its form is id:key,..., each key 32 bytes in base64.`,
    );
  }
}

/** Checks that something answers at the address that GitLab will call. */
export async function checkPublicUrl(url: string | undefined): Promise<Finding> {
  const subject = 'public URL';
  if (!url)
    return broken(subject, 'none. Set PUBLIC_URL to the address at which GitLab reaches this service.');
  try {
    const options = { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT_MS) } as const;
    const { status } = await fetch(url, options);
    if (!NO_SERVICE.includes(status)) return fine(subject, `${url} answers (${status})`);
    return broken(
      subject,
      `${url} answers ${status}. Start the service, or correct the proxy in front of it.`,
    );
  } catch (error) {
    return broken(subject, `${url}: ${reasonOf(error)}. Start the service, or correct PUBLIC_URL.`);
  }
}
