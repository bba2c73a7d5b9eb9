export { FakeAct } from './fake-act';
export { InMemoryAuditLog } from './in-memory-audit-log';
export { AuditEntryRow, TypeOrmAuditLog } from '../src/infrastructure/typeorm-audit-log';
