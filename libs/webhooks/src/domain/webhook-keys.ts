import { createHmac, hash, randomBytes, timingSafeEqual, type Hmac } from 'node:crypto';
import { Secret } from '@app/kernel';

const SIGNING_PREFIX = 'whsec_';

/** Secrets that prove a delivery: the plain secret, and the signing token if GitLab supports it. */
export interface WebhookKeys {
  readonly secret: Secret;
  /** Prefix `whsec_` and base64 of 32 bytes, the format that GitLab requires. */
  readonly signingToken: Secret;
}

/** Encrypted keys, as stored. */
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

/** Compares digests: their equal lengths hide length and content from the timing. */
export function isSame(secret: Secret, given: string): boolean {
  const digest = (text: string) => hash('sha256', text, 'buffer');
  return timingSafeEqual(digest(secret.reveal()), digest(given));
}

export function hmacWith(signingToken: Secret): Hmac {
  return createHmac('sha256', Buffer.from(signingToken.reveal().slice(SIGNING_PREFIX.length), 'base64'));
}
