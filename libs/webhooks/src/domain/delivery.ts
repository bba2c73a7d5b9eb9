import type { OrgId } from '@app/kernel';
import type { Refusal } from './delivery-proof';
import type { Ignored } from './event-filter';

/** A delivery as it came in. */
export interface Arrival {
  readonly id: string;
  readonly org: OrgId;
  readonly at: Date;
  /** `X-Gitlab-Event`, unchanged. */
  readonly event: string | null;
  readonly commit: string | null;
  /** Number of similar deliveries in a flood that have no row of their own. */
  readonly coalesced: number;
}

/** Outcome of one delivery, with its reason. */
export type Verdict =
  | { readonly outcome: 'accepted'; readonly reason: null }
  | { readonly outcome: 'ignored'; readonly reason: Ignored }
  | { readonly outcome: 'refused'; readonly reason: Refusal };

/** Delivery with its outcome. Accepted deliveries lead to a run. */
export type Delivery = Arrival & Verdict & { readonly runId: string | null };
