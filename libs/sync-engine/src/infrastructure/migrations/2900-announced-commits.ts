import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The commit that a webhook announced, beside the run that it asked for. Processes of the release before write rows without it. */
export class AnnouncedCommits1767225629000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE sync_runs ADD COLUMN announced text`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE sync_runs DROP COLUMN announced`);
  }
}
