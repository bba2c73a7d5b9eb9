import type { OrgId } from '@app/kernel';

/** A change of state that concerns the people of an org. */
export type Notice =
  | {
      readonly kind: 'needs_person';
      readonly org: OrgId;
      /** The code of the error that stopped the sync. */
      readonly code: string;
      readonly runId: string;
    }
  | { readonly kind: 'works_again'; readonly org: OrgId; readonly runId: string }
  | {
      readonly kind: 'token_expires';
      readonly org: OrgId;
      /** ISO 8601. */
      readonly expiresAt: string;
      readonly days: number;
    };

/** Notifies the people of an org. The host may send a message instead of the line in our log. */
export abstract class Notifier {
  /** Called once for each change of state, in one process. A failure is logged, and the notice is not repeated. */
  abstract notify(notice: Notice): void | Promise<void>;
}
