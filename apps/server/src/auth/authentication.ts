import { createRemoteJWKSet, errors, jwtVerify, type JWTVerifyOptions, type JWTVerifyResult } from 'jose';
import { subtle } from 'node:crypto';
import { Unauthenticated, type Caller } from '@app/http';
import { DomainError } from '@app/kernel';
import type { AuthSettings } from '../settings';
import { callerOf } from './claims';

type Verify = (token: string, options: JWTVerifyOptions) => Promise<JWTVerifyResult>;

/** Tells from the bearer token who is calling. The algorithms are those of the configured key, whatever the token names. */
export class Authentication {
  private readonly verify: Verify;
  private readonly options: JWTVerifyOptions;

  constructor({ key, audience, issuer }: AuthSettings) {
    this.verify = 'secret' in key ? withSecret(key.secret.reveal()) : withPublicKeys(key.jwksUrl);
    this.options = { audience, issuer, requiredClaims: ['exp', 'sub'], clockTolerance: 5 };
  }

  /** @throws Unauthenticated, KeysUnavailable */
  async callerOf(authorization: string | undefined, address: string): Promise<Caller> {
    if (!authorization) throw new Unauthenticated();
    const token = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
    if (!token) throw new Unauthenticated('The Authorization header holds no bearer token');
    const { payload, protectedHeader } = await this.verify(token, this.options).catch((error: unknown) => {
      throw translate(error);
    });
    checkType(protectedHeader.typ);
    return callerOf(payload, address);
  }
}

function withSecret(secret: string): Verify {
  // Imported once: from bytes it would be with each token, which costs more than verifying it.
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const key = subtle.importKey('raw', new TextEncoder().encode(secret), algorithm, false, ['verify']);
  return async (token, options) => jwtVerify(token, await key, { ...options, algorithms: ['HS256'] });
}

function withPublicKeys(url: string): Verify {
  const keys = createRemoteJWKSet(new URL(url));
  return (token, options) => jwtVerify(token, keys, { ...options, algorithms: ['RS256', 'ES256'] });
}

/** Refuses what the same keys sign for another purpose, such as a logout. A type may leave out `application/`, by RFC 7515. */
function checkType(typ: unknown): void {
  if (typ === undefined) return;
  const type = typeof typ === 'string' ? typ.toLowerCase().replace(/^application\//, '') : '';
  if (!TYPES.includes(type))
    throw new Unauthenticated('The token\'s header "typ" names another purpose than that of an access token');
}

const TYPES = ['jwt', 'at+jwt'];

function translate(error: unknown): DomainError {
  if (error instanceof errors.JWTExpired) return new Unauthenticated('The token has expired');
  if (error instanceof errors.JWTClaimValidationFailed) {
    return new Unauthenticated(`The token's claim "${error.claim}" is missing or not the one expected`);
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

/** The keys of the identity provider could not be read: nobody can be let in, but the token may be good. */
export class KeysUnavailable extends DomainError {
  readonly kind = 'unavailable';
  readonly code = 'auth_unavailable';
  constructor() {
    super("The identity provider's keys cannot be read at the moment. Try again shortly.", {
      retryAfterMs: 5_000,
    });
  }
}
