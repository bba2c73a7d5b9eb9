export type { Act, Attempt } from './application/act';
export { AuditLog } from './application/audit-log.port';
export { AuditTrail } from './application/audit-trail';
export { AuditApi } from './application/audit.api';
export type { AuditEntryView } from './application/audit.view';
export { AuditModule } from './audit.module';
export { AuditPruner } from './infrastructure/audit-pruner';
export type { AuditEntry } from './domain/audit-entry';
export { auditMigrations } from './infrastructure/migrations';
