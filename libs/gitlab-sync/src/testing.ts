export { InMemoryAuditLog } from './infrastructure/in-memory-audit-log';
export { AuditEntryRow, TypeOrmAuditLog } from './infrastructure/typeorm-audit-log';
export { AuditPruner } from './infrastructure/audit-pruner';
export { PruningRoundRow, PruningRounds } from './infrastructure/pruning-rounds';
export { PruneByRounds } from './prune-by-rounds';
