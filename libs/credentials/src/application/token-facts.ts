import type { TokenInfo } from '@app/gitlab';
import type { TokenFacts } from '../domain/connection';

export function factsOf({ kind, ...facts }: TokenInfo): TokenFacts {
  return { ...facts, tokenKind: kind };
}
