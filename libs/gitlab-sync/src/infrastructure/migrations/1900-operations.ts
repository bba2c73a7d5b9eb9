import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What operators watch: few rows among many. */
export class Operations1767225619000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE INDEX sync_states_blocked ON sync_states (org) WHERE blocked IS NOT NULL`);
    await runner.query(
      `CREATE INDEX sync_states_retrying ON sync_states (org) WHERE next_attempt_at IS NOT NULL`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX sync_states_retrying, sync_states_blocked`);
  }
}
