export { migrateDatabase } from './migrate';
export { rotateStoredKeys } from './rotate-stored-keys';
