export { PruneByRounds } from '../src/application/prune-by-rounds';
