import { Injectable } from '@nestjs/common';
import { createCipheriv, createDecipheriv, randomBytes, type CipherKey } from 'node:crypto';
import { Secret, type OrgId } from '@app/kernel';
import { SecretUnreadable, VaultKeyUnknown } from '../domain/credentials.errors';
import { KeySource, type WrappingKey } from './key-source.port';

const ALGORITHM = 'aes-256-gcm';
const VERSION = 'v1';
const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Seals secrets for storage with a random data key each; a key of the key source wraps the data key. The sealed text
 * names that key's id. A secret opens only for the org and purpose it was sealed for.
 */
@Injectable()
export class Vault {
  constructor(private readonly keys: KeySource) {}

  seal(org: OrgId, purpose: string, secret: Secret): string {
    const dataKey = randomBytes(32);
    const payload = encrypt(dataKey, Buffer.from(secret.reveal()), payloadContext(org, purpose));
    return join(this.keys.current(), dataKey, payload);
  }

  /** @throws VaultKeyUnknown, SecretUnreadable */
  open(org: OrgId, purpose: string, sealed: string): Secret {
    const { dataKey, payload } = this.unwrap(sealed);
    return new Secret(decrypt(dataKey, payload, payloadContext(org, purpose)).toString());
  }

  /**
   * Seals the same secret with the current key; returns the same text if it already is. @throws VaultKeyUnknown,
   * SecretUnreadable
   */
  rewrap(sealed: string): string {
    const current = this.keys.current();
    const { keyId, dataKey, payload } = this.unwrap(sealed);
    return keyId === current.id ? sealed : join(current, dataKey, payload);
  }

  /** Returns the key id in a sealed text, and whether the key of that id opens it. */
  lockOf(sealed: string): { readonly keyId: string; readonly opens: boolean } {
    const keyId = sealed.split('.')[1] ?? '';
    try {
      this.unwrap(sealed);
      return { keyId, opens: true };
    } catch {
      return { keyId, opens: false };
    }
  }

  private unwrap(sealed: string): { keyId: string; dataKey: Buffer; payload: string } {
    const [version, keyId, wrapped, payload, ...rest] = sealed.split('.');
    if (version !== VERSION || !keyId || !wrapped || !payload || rest.length) throw new SecretUnreadable();
    const wrapping = this.keys.find(keyId);
    if (!wrapping) throw new VaultKeyUnknown(keyId);
    return { keyId, dataKey: decrypt(wrapping.key, wrapped, keyContext(keyId)), payload };
  }
}

function join({ id, key }: WrappingKey, dataKey: Buffer, payload: string): string {
  return [VERSION, id, encrypt(key, dataKey, keyContext(id)), payload].join('.');
}

function keyContext(keyId: string): Buffer {
  return Buffer.from(JSON.stringify([VERSION, 'key', keyId]));
}

function payloadContext(org: OrgId, purpose: string): Buffer {
  return Buffer.from(JSON.stringify([VERSION, 'secret', org, purpose]));
}

function encrypt(key: CipherKey, plain: Buffer, context: Buffer): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, iv, { authTagLength: TAG_BYTES }).setAAD(context);
  const text = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), text]).toString('base64url');
}

function decrypt(key: CipherKey, sealed: string, context: Buffer): Buffer {
  const bytes = Buffer.from(sealed, 'base64url');
  const tagEnd = IV_BYTES + TAG_BYTES;
  try {
    const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(0, IV_BYTES), {
      authTagLength: TAG_BYTES,
    })
      .setAAD(context)
      .setAuthTag(bytes.subarray(IV_BYTES, tagEnd));
    return Buffer.concat([decipher.update(bytes.subarray(tagEnd)), decipher.final()]);
  } catch {
    throw new SecretUnreadable();
  }
}
