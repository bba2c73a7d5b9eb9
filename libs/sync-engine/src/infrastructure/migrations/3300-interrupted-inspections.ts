import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When texts over whose inspection the process ended are inspected again. Those in quarantine are, soon after the upgrade. */
export class InterruptedInspections1767225633000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE sync_states ADD COLUMN inspect_retry_at timestamptz`);
    await runner.query(`
      CREATE INDEX sync_states_inspect ON sync_states (inspect_retry_at) WHERE inspect_retry_at IS NOT NULL`);
    await runner.query(`
      WITH interrupted AS (
        UPDATE sync_quarantine SET reason = 'inspection_interrupted'
         WHERE reason = 'too_complex' AND detail LIKE 'the service ended %' RETURNING org)
      UPDATE sync_states SET inspect_retry_at = now() WHERE org IN (SELECT org FROM interrupted)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      `UPDATE sync_quarantine SET reason = 'too_complex' WHERE reason = 'inspection_interrupted'`,
    );
    await runner.query(`DROP INDEX sync_states_inspect`);
    await runner.query(`ALTER TABLE sync_states DROP COLUMN inspect_retry_at`);
  }
}
