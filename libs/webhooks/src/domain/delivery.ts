import type { OrgId } from '@app/kernel';
import type { Refusal } from './delivery-proof';
import type { Irrelevance } from './push-hint';

export type Ignored = Irrelevance | 'duplicate' | 'not_configured' | 'auto_pull_off';

export interface Arrival {
  readonly id: string;
  readonly org: OrgId;
  readonly at: Date;
  /** `X-Gitlab-Event`, as it came. */
  readonly event: string | null;
  readonly commit: string | null;
  /** How many more of its kind came in a flood and have no row of their own. */
  readonly coalesced: number;
}

/** What became of one delivery. */
export type Verdict =
  | { readonly outcome: 'accepted'; readonly reason: null }
  | { readonly outcome: 'ignored'; readonly reason: Ignored }
  | { readonly outcome: 'refused'; readonly reason: Refusal };

/** One delivery and what became of it; a run is led to by those that were accepted. */
export type Delivery = Arrival & Verdict & { readonly runId: string | null };
