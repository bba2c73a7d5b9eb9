import type { OrgId, Page, PageRequest } from '@app/kernel';
import type { AuditEntry } from '../domain/audit-entry';

/** Stores every administrative act of an org, newest first. Entries never change. */
export abstract class AuditLog {
  /** Joins the caller's transaction. */
  abstract add(entry: AuditEntry): Promise<void>;
  /** @throws CursorInvalid */
  abstract list(org: OrgId, page: PageRequest): Promise<Page<AuditEntry>>;
}
