import type { Actor, OrgId } from '@app/kernel';

/** One attempt at an administrative act: who did what to what, when, from where, and how it ended. Holds no secret. */
export interface AuditEntry {
  readonly id: string;
  readonly org: OrgId;
  readonly at: Date;
  readonly actor: Omit<Actor, 'address'>;
  /** Such as `connection.connect`. */
  readonly action: string;
  readonly target: string | null;
  /** The network address; `-` if there is none. */
  readonly from: string;
  /** `ok`; `begun` before GitLab is asked for a change; or the code of the error. */
  readonly result: string;
}

const LONGEST = 200;

/** Returns the text without control characters, which PostgreSQL or a terminal would stumble over, and not longer than is read. */
export function plain(text: string): string {
  return text.replace(/\p{Cc}/gu, '').slice(0, LONGEST);
}
