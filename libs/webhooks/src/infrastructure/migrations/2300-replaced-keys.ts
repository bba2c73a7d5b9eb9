import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Adds keys that were replaced before the last ones, and an index that finds hooks with former keys. */
export class ReplacedKeys1767225623000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `ALTER TABLE webhook_endpoints ADD COLUMN replaced_before jsonb NOT NULL DEFAULT '[]'`,
    );
    await runner.query(`
      CREATE INDEX webhook_endpoints_former_keys ON webhook_endpoints (hook_checked_at)
       WHERE hook ->> 'keysId' <> keys_id::text`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX webhook_endpoints_former_keys`);
    await runner.query(`ALTER TABLE webhook_endpoints DROP COLUMN replaced_before`);
  }
}
