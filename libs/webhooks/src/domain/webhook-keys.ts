import { createHmac, hash, randomBytes, timingSafeEqual, type Hmac } from 'node:crypto';
import { Secret } from '@app/kernel';

const SIGNING_PREFIX = 'whsec_';

/** What GitLab proves itself with: the plain secret, and the token it signs with where it can. */
export interface WebhookKeys {
  readonly secret: Secret;
  /** `whsec_` + base64 of 32 bytes, as GitLab wants it. */
  readonly signingToken: Secret;
}

/** Keys as they are stored. */
export interface SealedKeys {
  readonly id: string;
  readonly sealed: string;
}

export function newKeys(): WebhookKeys {
  return {
    secret: new Secret(randomBytes(32).toString('base64url')),
    signingToken: new Secret(SIGNING_PREFIX + randomBytes(32).toString('base64')),
  };
}

/** Digests have equal lengths, so neither length nor content shows in the timing. */
export function isSame(secret: Secret, given: string): boolean {
  const digest = (text: string) => hash('sha256', text, 'buffer');
  return timingSafeEqual(digest(secret.reveal()), digest(given));
}

export function hmacWith(signingToken: Secret): Hmac {
  return createHmac('sha256', Buffer.from(signingToken.reveal().slice(SIGNING_PREFIX.length), 'base64'));
}
