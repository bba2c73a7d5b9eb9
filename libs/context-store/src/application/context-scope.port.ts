import type { OrgId, Scope } from '@app/kernel';

/** Which files an org may write; the host of this module knows. */
export abstract class ContextScope {
  abstract scopeOf(org: OrgId): Promise<Scope>;
}
