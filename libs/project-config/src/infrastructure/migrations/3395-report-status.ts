import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Stores whether pulls post their result on the commit. Processes of the release before write rows without it. */
export class ReportStatus1767225633950 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE sync_targets ADD COLUMN report_status text NOT NULL DEFAULT 'off'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE sync_targets DROP COLUMN report_status`);
  }
}
