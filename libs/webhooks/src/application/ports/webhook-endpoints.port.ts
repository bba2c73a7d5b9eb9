import type { OrgId } from '@app/kernel';
import type { WebhookEndpoint } from '../../domain/webhook-endpoint';

/** Each org's webhook endpoint; at most one per org. */
/** When a hook was looked at last to be due now. */
export interface LastLook {
  readonly before: Date;
  /** Where it has keys that were replaced and will not be accepted for long. */
  readonly withReplacedKeysBefore: Date;
}

export abstract class WebhookEndpoints {
  /** By the ids in the URLs, those that exist: the one look-up that names no org, because the id tells which one it is. */
  abstract find(ids: readonly string[]): Promise<Map<string, WebhookEndpoint>>;

  abstract ofOrg(org: OrgId): Promise<WebhookEndpoint | null>;

  /** Like `ofOrg`; until the open transaction ends no other holds the org's endpoint. */
  abstract hold(org: OrgId): Promise<WebhookEndpoint | null>;

  /** In place of the org's former one. */
  abstract save(endpoint: WebhookEndpoint): Promise<void>;

  /** Destroys its keys with it. */
  abstract remove(org: OrgId): Promise<void>;

  /**
   * Those whose hook was looked at last before that time, the longest ago: from then on they count as looked at now, so that each
   * is given to one caller alone. Crosses orgs: for the watch over hooks alone.
   */
  abstract takeDue(last: LastLook, now: Date, limit: number): Promise<OrgId[]>;

  /** By org, those after the given one. Crosses orgs: for the rotation of the vault's keys alone. */
  abstract orgsAfter(org: OrgId | null, limit: number): Promise<OrgId[]>;
}
