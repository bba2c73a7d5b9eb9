export { FakeAct } from './application/fake-act';
export { InMemoryAuditLog } from './infrastructure/in-memory-audit-log';
export { AuditEntryRow, TypeOrmAuditLog } from './infrastructure/typeorm-audit-log';
