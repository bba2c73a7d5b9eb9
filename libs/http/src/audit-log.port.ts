import type { OrgId, Page, PageRequest } from '@app/kernel';
import type { Role } from './caller';

/** One administrative act: who did what to what, when, from where, and how it ended. Holds no secret. */
export interface AuditEntry {
  readonly id: string;
  readonly org: OrgId;
  readonly at: Date;
  /** `service`: nobody asked for it just then. */
  readonly actor: { readonly subject: string; readonly name: string; readonly role: Role | 'service' };
  /** Such as `connection.connect`. */
  readonly action: string;
  readonly target: string | null;
  /** The network address; `-` where it came from nowhere else. */
  readonly from: string;
  /** `ok`, or the code of the error. */
  readonly result: string;
}

/** Every administrative act of an org, newest first. What is in it is never changed. */
export abstract class AuditLog {
  abstract add(entry: AuditEntry): Promise<void>;
  /** @throws CursorInvalid */
  abstract list(org: OrgId, page: PageRequest): Promise<Page<AuditEntry>>;
}
