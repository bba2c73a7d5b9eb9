export { AuditPruner } from './infrastructure/audit-pruner';
export { PruningRoundRow, PruningRounds } from './infrastructure/pruning-rounds';
export { PruneByRounds } from './prune-by-rounds';
