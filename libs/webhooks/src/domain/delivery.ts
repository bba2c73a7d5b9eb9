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
}

/** One delivery and what became of it. */
export type Delivery =
  | (Arrival & { readonly outcome: 'accepted'; readonly reason: null; readonly runId: string | null })
  | (Arrival & { readonly outcome: 'ignored'; readonly reason: Ignored; readonly runId: null })
  | (Arrival & { readonly outcome: 'refused'; readonly reason: Refusal; readonly runId: null });
