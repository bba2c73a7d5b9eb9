export { ContextStoreModule } from './context-store.module';
export { ContextStoreSettings } from './application/context-store.settings';
export { ContextScope } from './application/context-scope.port';
export { ContextStore } from './application/context-store.port';
export { ContextApi } from './application/context.api';
export type { EditOptions, VersionText } from './application/context.api';
export type {
  ChangedView,
  FilesView,
  FileTextView,
  FileView,
  HistoryEntryView,
  WrittenView,
} from './application/context.view';
export { ContextStoreService } from './application/context-store.service';
export type { FilesChanged, FileWritten } from './application/context-store.service';
export type { Authorship, FileEdit, Precondition } from './application/edit-files';
export { InspectFiles } from './application/inspect-files';
export type { FileProblem, FileText, Flaw } from './application/inspect-files';
export type { FileRead } from './application/read-files';
export { PendingHistory } from './application/pending-history.port';
export { SettledHistory } from './application/settled-history.port';
export type { Change, ContextFile, Edit, HistoryEntry, NewChange, Origin, Version } from './domain/change';
export type { ContextChanged } from './domain/context-changed';
export {
  ContentInvalid,
  FileNotFound,
  LineNotAllowed,
  NoLongerKept,
  NothingToUndo,
  PathNotAllowed,
  QuotaExceeded,
  TooManyOperations,
  TooComplex,
  VersionConflict,
  VersionNotFound,
} from './domain/context-store.errors';
export { DEFAULT_QUOTA, exceeded } from './domain/quota';
export type { Quota, Usage } from './domain/quota';
export { inertPath, inspectPath, NAME_NOT_UTF8 } from './domain/inspect-path';
export type { PathProblem } from './domain/inspect-path';
export { ContextPruner } from './infrastructure/context-pruner';
export { StagedTextPruner } from './infrastructure/staged-text-pruner';
export { contextStoreMigrations } from './infrastructure/migrations';
