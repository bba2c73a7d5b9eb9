export { ContextChangesController } from './context-changes.controller';
export { ContextFilesController } from './context-files.controller';
export { ContextHistoryController } from './context-history.controller';
