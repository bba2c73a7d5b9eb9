import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Adds the places in traces that asked for a run, so that a trace survives the queue. */
export class TracesOfRuns1767225633980 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE sync_runs ADD COLUMN traces text[] NOT NULL DEFAULT '{}'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE sync_runs DROP COLUMN traces`);
  }
}
