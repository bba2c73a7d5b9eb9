export { InMemoryAuditLog } from './infrastructure/in-memory-audit-log';
export { AuditEntryRow, TypeOrmAuditLog } from './infrastructure/typeorm-audit-log';
