import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Access } from '../../gitlab-connector.port';
import { askedWaitMs, isUsedUp } from '../retry';
import type { Answer } from './response';

/**
 * Remembers the tokens whose GitLab quota is used up (docs/gitlab-api.md#throttling-and-outages), to save requests
 * that GitLab would refuse.
 */
export class RateLimitCooldown {
  private readonly until = new LRUCache<string, number>({ max: 10_000 });

  constructor(private readonly now: () => Date) {}

  observe(access: Access, answer: Pick<Answer, 'status' | 'headers'>): void {
    if (!isUsedUp(answer.headers)) return;
    const ms = askedWaitMs(answer, this.now());
    if (ms) this.until.set(keyOf(access), this.now().getTime() + ms);
  }

  remainingMs(access: Access): number {
    return Math.max(0, (this.until.get(keyOf(access)) ?? 0) - this.now().getTime());
  }
}

function keyOf({ instanceUrl, token }: Access): string {
  return createHash('sha256').update(`${instanceUrl}\0${token.reveal()}`).digest('base64');
}
