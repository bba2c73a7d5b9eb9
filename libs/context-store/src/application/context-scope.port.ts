import type { OrgId, Scope } from '@app/kernel';

/** Decides which files an org may write. Implemented by the host of this module. */
export abstract class ContextScope {
  abstract scopeOf(org: OrgId): Promise<Scope>;
}
