export { AuditPruner } from '../src/infrastructure/audit-pruner';
export { PruningRoundRow, PruningRounds } from '../src/infrastructure/pruning-rounds';
export { PruneByRounds } from '../src/prune-by-rounds';
