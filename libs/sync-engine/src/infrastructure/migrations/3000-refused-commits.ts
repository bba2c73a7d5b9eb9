import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Commits that GitLab refuses for good: settings that help to meet its rules, and the time to send them again. */
export class RefusedCommits1767225630000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE sync_targets
        ADD COLUMN message_prefix text NOT NULL DEFAULT '',
        ADD COLUMN fallback_author boolean NOT NULL DEFAULT false`);
    await runner.query(`
      ALTER TABLE sync_states
        ADD COLUMN held_tries integer NOT NULL DEFAULT 0,
        ADD COLUMN held_retry_at timestamptz`);
    await runner.query(`
      CREATE INDEX sync_states_held ON sync_states (held_retry_at) WHERE held_retry_at IS NOT NULL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX sync_states_held`);
    await runner.query(`ALTER TABLE sync_states DROP COLUMN held_retry_at, DROP COLUMN held_tries`);
    await runner.query(`ALTER TABLE sync_targets DROP COLUMN fallback_author, DROP COLUMN message_prefix`);
  }
}
