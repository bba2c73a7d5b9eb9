import 'reflect-metadata';

export { diagnose, reportOf } from './doctor';
export { migrateDatabase } from './migrate';
export { rotateStoredKeys } from './rotate-stored-keys';
