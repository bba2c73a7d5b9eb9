import { createRemoteJWKSet, errors, jwtVerify, type JWTVerifyOptions, type JWTVerifyResult } from 'jose';
import { subtle } from 'node:crypto';
import { DomainError, type Caller } from '@app/gitlab-sync';
import { Unauthenticated } from '@app/gitlab-sync/http';
import type { AuthSettings } from '../settings';
import { callerOf } from './claims';
import { VerifiedTokens, type KeySet } from './verified-tokens';

interface Keys extends KeySet {
  verify(token: string, options: JWTVerifyOptions): Promise<JWTVerifyResult>;
}

/**
 * Reads the caller from the bearer token. Allows only the algorithms of the configured key, whatever the token says.
 */
export class Authentication {
  private readonly keys: Keys;
  private readonly verified: VerifiedTokens;
  private readonly options: JWTVerifyOptions;

  constructor({ key, audience, issuer }: AuthSettings) {
    this.keys = 'secret' in key ? withSecret(key.secret.reveal()) : withPublicKeys(key.jwksUrl);
    this.verified = new VerifiedTokens(this.keys);
    this.options = { audience, issuer, requiredClaims: ['exp', 'sub'], clockTolerance: 5 };
  }

  /** @throws Unauthenticated, KeysUnavailable */
  async callerOf(authorization: string | undefined, address: string): Promise<Caller> {
    if (!authorization) throw new Unauthenticated();
    const token = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
    if (!token) throw new Unauthenticated('The Authorization header holds no bearer token');
    const caller = await this.verified.callerOf(token, () => this.verify(token, address));
    return { ...caller, address };
  }

  private async verify(token: string, address: string): Promise<Caller> {
    const { payload, protectedHeader } = await this.keys
      .verify(token, this.options)
      .catch((error: unknown) => {
        throw translate(error);
      });
    checkType(protectedHeader.typ);
    return callerOf(payload, address);
  }
}

function withSecret(secret: string): Keys {
  // Imported once: importing the bytes for each token would cost more than verifying it.
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const key = subtle.importKey('raw', new TextEncoder().encode(secret), algorithm, false, ['verify']);
  return {
    fresh: true,
    text: () => '', // the secret lasts as long as the process
    verify: async (token, options) => jwtVerify(token, await key, { ...options, algorithms: ['HS256'] }),
  };
}

function withPublicKeys(url: string): Keys {
  const keys = createRemoteJWKSet(new URL(url));
  return {
    get fresh() {
      return keys.fresh;
    },
    text: () => JSON.stringify(keys.jwks() ?? null),
    verify: (token, options) => jwtVerify(token, keys, { ...options, algorithms: ['RS256', 'ES256'] }),
  };
}

/**
 * Refuses tokens that the same keys sign for another purpose, such as a logout. By RFC 7515, a type may omit
 * `application/`.
 */
function checkType(typ: unknown): void {
  if (typ === undefined) return;
  const type = typeof typ === 'string' ? typ.toLowerCase().replace(/^application\//, '') : '';
  if (!TYPES.includes(type))
    throw new Unauthenticated('The token\'s header "typ" names a purpose other than that of an access token');
}

const TYPES = ['jwt', 'at+jwt'];

function translate(error: unknown): DomainError {
  if (error instanceof errors.JWTExpired) return new Unauthenticated('The token has expired');
  if (error instanceof errors.JWTClaimValidationFailed) {
    return new Unauthenticated(`The token's claim "${error.claim}" is missing or not the expected one`);
  }
  if (REFUSALS.some((refusal) => error instanceof refusal))
    return new Unauthenticated('The token is not valid');
  return new KeysUnavailable();
}

const REFUSALS = [
  errors.JWTInvalid,
  errors.JWSInvalid,
  errors.JWSSignatureVerificationFailed,
  errors.JOSEAlgNotAllowed,
  errors.JOSENotSupported,
  errors.JWKSNoMatchingKey,
  errors.JWKSMultipleMatchingKeys,
];

/** The keys of the identity provider could not be read: no caller can be verified, but the token may be valid. */
export class KeysUnavailable extends DomainError {
  readonly kind = 'unavailable';
  readonly code = 'auth_unavailable';
  constructor() {
    super("The identity provider's keys cannot be read at the moment. Try again shortly.", {
      retryAfterMs: 5_000,
    });
  }
}
