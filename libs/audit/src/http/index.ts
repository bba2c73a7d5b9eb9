export { AuditController } from './audit.controller';
export { RecordRefusals } from './record-refusals';
