import { hash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Caller } from '@app/gitlab-sync';

/** The keys that tokens are verified with. */
export interface KeySet {
  /** False once the keys have to be read again, because a key may be withdrawn by now. */
  readonly fresh: boolean;
  /** Returns all keys as one text, which differs if a key does. */
  text(): string;
}

/** Most tokens to remember: those of the callers of the last minutes. */
const MOST = 5_000;

/**
 * Remembers the callers of verified tokens by the tokens' digests: to verify a signature costs more than the rest of a
 * read. Forgets all of them when the keys change, and each when its token expires.
 */
export class VerifiedTokens {
  private readonly callers = new LRUCache<string, Caller>({ max: MOST });
  private keys: string;

  constructor(private readonly keySet: KeySet) {
    this.keys = keySet.text();
  }

  /** Returns the caller of this token; verifies it unless it was verified with the current keys. */
  async callerOf(token: string, verify: () => Promise<Caller>): Promise<Caller> {
    const digest = hash('sha256', token, 'base64');
    const known = this.keySet.fresh ? this.callers.get(digest) : undefined;
    if (known?.expiresAt && known.expiresAt.getTime() > Date.now()) return known;
    const before = this.keySet.text();
    const caller = await verify();
    const after = this.keySet.text();
    if (after !== this.keys) this.callers.clear();
    this.keys = after;
    // A verification during which the keys changed may have used the former ones.
    if (before === after) this.callers.set(digest, caller);
    return caller;
  }
}
