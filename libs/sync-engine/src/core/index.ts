export { checkTree } from '../application/check/check-tree';
export type { CheckedTree, CheckRules, Inspector, TreeFinding } from '../application/check/check-tree';
export { SourceTree } from '../application/check/source-tree';
export { SyncEngineSettings } from '../application/sync-engine.settings';
