import type { Actor, OrgId } from '@app/kernel';

/** One attempt at an administrative act: actor, action, target, time, origin and result. Contains no secret. */
export interface AuditEntry {
  readonly id: string;
  readonly org: OrgId;
  readonly at: Date;
  readonly actor: Pick<Actor, 'subject' | 'name' | 'role'>;
  /** For example `connection.connect`. */
  readonly action: string;
  readonly target: string | null;
  /** The network address; `-` if there is none. */
  readonly from: string;
  /** `ok`; `begun` before a change on GitLab; or the code of the error. */
  readonly result: string;
}

const LONGEST = 200;

/** Shortens the text and removes control characters, which PostgreSQL refuses or a terminal would execute. */
export function plain(text: string): string {
  return text.replace(/\p{Cc}/gu, '').slice(0, LONGEST);
}
