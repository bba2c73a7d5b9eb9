import type { ErrorCode, OrgId } from '@app/kernel';

/** A change of state that concerns the people of an org. Lists are cut; `files` counts all. */
export type Notice =
  | {
      readonly kind: 'needs_person';
      readonly org: OrgId;
      /** The code of the error that stopped the sync. */
      readonly code: ErrorCode;
      /** The cause and the next step, for people. */
      readonly detail: string;
      readonly runId: string;
    }
  | {
      readonly kind: 'works_again';
      readonly org: OrgId;
      readonly runId: string;
      /** The code of the error that had stopped the sync. */
      readonly code: ErrorCode;
      /** ISO 8601. */
      readonly stoppedAt: string;
      readonly resumedAt: string;
    }
  | {
      readonly kind: 'token_expires';
      readonly org: OrgId;
      /** ISO 8601. */
      readonly expiresAt: string;
      readonly days: number;
    }
  | {
      /** Both sides changed files, and the version that lost is kept. */
      readonly kind: 'conflicts_kept';
      readonly org: OrgId;
      readonly files: number;
      readonly paths: readonly string[];
    }
  | {
      readonly kind: 'files_kept_out';
      readonly org: OrgId;
      readonly files: number;
      readonly list: readonly KeptOut[];
    }
  | {
      readonly kind: 'files_let_in';
      readonly org: OrgId;
      readonly files: number;
      readonly paths: readonly string[];
    }
  | {
      /** A merge request with changes of Dot's waits for a review. */
      readonly kind: 'review_waits';
      readonly org: OrgId;
      readonly title: string;
      readonly url: string;
      readonly changes: number;
    };

/** A file that the sync keeps out, with the reason. */
export interface KeptOut {
  readonly path: string;
  /** Stable word, e.g. `too_big`. */
  readonly reason: string;
  readonly detail: string;
}

export type NoticeKind = Notice['kind'];

type Of<Kind extends NoticeKind> = Extract<Notice, { readonly kind: Kind }>;

/** Checks the kind of a notice. */
export const isOf =
  <Kind extends NoticeKind>(...kinds: Kind[]) =>
  (notice: Notice): notice is Of<Kind> =>
    (kinds as NoticeKind[]).includes(notice.kind);
