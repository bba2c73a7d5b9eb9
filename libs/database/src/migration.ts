import type { MigrationInterface } from 'typeorm';

/** A migration class of TypeORM; the database remembers its name, which ends with its timestamp. */
export type Migration = new () => MigrationInterface;
