import type { OrgId, Page, PageRequest } from '@app/kernel';
import type { AuditEntry } from '../domain/audit-entry';

/** Every administrative act of an org, newest first. Entries are never changed. */
export abstract class AuditLog {
  /** Joins the caller's transaction. */
  abstract add(entry: AuditEntry): Promise<void>;
  /** @throws CursorInvalid */
  abstract list(org: OrgId, page: PageRequest): Promise<Page<AuditEntry>>;
}
