import type { OrgId } from '@app/kernel';

/** Stores the channels of each org, sealed. */
export abstract class StoredChannels {
  abstract find(org: OrgId): Promise<string | null>;
  /** Returns the sealed channels. Others that lock the same org wait for the end of the transaction. */
  abstract lock(org: OrgId): Promise<string | null>;
  abstract save(org: OrgId, sealed: string): Promise<void>;
  /** Replaces the sealed text if it is still the same. */
  abstract reseal(org: OrgId, from: string, to: string): Promise<void>;
  /** Returns the orgs that have channels, by id. */
  abstract orgsAfter(org: OrgId | null, limit: number): Promise<OrgId[]>;
}
