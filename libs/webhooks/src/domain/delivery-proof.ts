import { timingSafeEqual, type Hmac } from 'node:crypto';
import { hmacWith, isSame, type WebhookKeys } from './webhook-keys';

const TOLERANCE_MS = 5 * 60_000;

/** Why a delivery is not proven to come from GitLab. */
export type Refusal = 'secret_missing' | 'secret_wrong' | 'signature_wrong' | 'signature_expired';

/** Headers that prove a delivery, as they arrived. */
export interface ProofHeaders {
  readonly token?: string;
  readonly id?: string;
  readonly timestamp?: string;
  readonly signature?: string;
}

export type Proof =
  | { readonly verdict: 'proven' }
  | { readonly verdict: 'refused'; readonly reason: Refusal }
  /** The headers do not suffice: the signature covers the whole body. */
  | { readonly verdict: 'signed'; readonly signature: BodySignature };

/**
 * Verifies the sender of a delivery before its body is read. The plain secret suffices, except that a hook known to
 * sign must not carry a wrong signature. Without the plain secret, the signature has to be right.
 */
export function judgeHeaders(
  headers: ProofHeaders,
  keys: readonly WebhookKeys[],
  hookSigns: boolean,
  now: Date,
): Proof {
  const { token, id, timestamp, signature } = headers;
  if (token === undefined && signature === undefined) return refused('secret_missing');
  if (token !== undefined && !keys.filter(({ secret }) => isSame(secret, token)).length)
    return refused('secret_wrong');
  if (signature === undefined || (token !== undefined && !hookSigns)) return { verdict: 'proven' };
  if (!id || !timestamp || !/^\d{1,12}$/.test(timestamp)) return refused('signature_wrong');
  if (Math.abs(now.getTime() - Number(timestamp) * 1000) > TOLERANCE_MS) return refused('signature_expired');
  return { verdict: 'signed', signature: new BodySignature(`${id}.${timestamp}.`, signature, keys) };
}

const refused = (reason: Refusal): Proof => ({ verdict: 'refused', reason });

/** Verifies the raw body as a stream, so that a large one need not be kept. */
export class BodySignature {
  private readonly hmacs: readonly Hmac[];
  private readonly given: readonly Buffer[];

  /** Parses `signature` as a list, because GitLab may sign with several tokens. Headers arrive as latin1. */
  constructor(prefix: string, signature: string, keys: readonly WebhookKeys[]) {
    this.hmacs = keys.map(({ signingToken }) => hmacWith(signingToken).update(prefix, 'latin1'));
    this.given = signature
      .split(' ')
      .filter((part) => part.startsWith('v1,'))
      .map((part) => Buffer.from(part.slice('v1,'.length), 'base64'));
  }

  update(chunk: Uint8Array): void {
    for (const hmac of this.hmacs) hmac.update(chunk);
  }

  /** Returns whether a signature matches. Call it once, after the last byte. */
  matches(): boolean {
    const expected = this.hmacs.map((hmac) => hmac.digest());
    return this.given.some((given) =>
      expected.some((digest) => given.length === digest.length && timingSafeEqual(given, digest)),
    );
  }
}
