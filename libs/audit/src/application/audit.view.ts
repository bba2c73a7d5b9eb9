import type { AuditEntry } from '../domain/audit-entry';

/** An audit entry as shown to admins. */
export interface AuditEntryView {
  readonly id: string;
  readonly at: string;
  readonly actor: AuditEntry['actor'];
  readonly action: string;
  readonly target: string | null;
  readonly from: string;
  readonly result: string;
}

export function auditEntryView({ org: _, at, ...entry }: AuditEntry): AuditEntryView {
  return { ...entry, at: at.toISOString() };
}
