import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Stores the way in which changes made in Dot reach the branch. */
export class Publishing1767225633940 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE sync_targets
        ADD COLUMN publish text NOT NULL DEFAULT 'direct',
        ADD COLUMN work_branch text NOT NULL DEFAULT 'dot/context',
        ADD COLUMN quiet_seconds integer NOT NULL DEFAULT 30`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE sync_targets DROP COLUMN publish, DROP COLUMN work_branch, DROP COLUMN quiet_seconds`);
  }
}
