export { checkCommand } from './check/check-command';
export { migrateDatabase } from './migrate';
export type { MigrateOptions } from './migrate';
export { rotateStoredKeys } from './rotate-stored-keys';
