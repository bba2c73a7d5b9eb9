import type { OrgId } from '@app/kernel';
import type { WebhookEndpoint } from '../../domain/webhook-endpoint';

/** A hook is due if it was last checked before these times. */
export interface LastLook {
  readonly before: Date;
  /** Applies to hooks with replaced keys, which are accepted only for a short time. */
  readonly withReplacedKeysBefore: Date;
}

export abstract class WebhookEndpoints {
  /**
   * Finds endpoints by the ids in their URLs. It is the only lookup without an org, because the id identifies the
   * org.
   */
  abstract find(ids: readonly string[]): Promise<Map<string, WebhookEndpoint>>;

  abstract ofOrg(org: OrgId): Promise<WebhookEndpoint | null>;

  /** Reads like `ofOrg`, and locks the org's endpoint until the open transaction ends. */
  abstract hold(org: OrgId): Promise<WebhookEndpoint | null>;

  /** Replaces the org's endpoint. */
  abstract save(endpoint: WebhookEndpoint): Promise<void>;

  /** Deletes the endpoint and its keys. */
  abstract remove(org: OrgId): Promise<void>;

  /**
   * Takes the due hooks, longest unchecked first, and marks them as checked now, so that each has only one caller.
   * Crosses orgs: only for the scheduled check.
   */
  abstract takeDue(last: LastLook, now: Date, limit: number): Promise<OrgId[]>;

  /** Lists the orgs after the given one, in order. Crosses orgs: only for the rotation of the vault's keys. */
  abstract orgsAfter(org: OrgId | null, limit: number): Promise<OrgId[]>;
}
