import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is wrong with the configured directories, as found when they were set. */
export class ScopeWarnings1767225632000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE sync_targets ADD COLUMN warnings jsonb NOT NULL DEFAULT '[]'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE sync_targets DROP COLUMN warnings`);
  }
}
