import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Webhooks1767225614000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE webhook_endpoints (
        org text PRIMARY KEY,
        id text NOT NULL,
        generation uuid NOT NULL,
        since timestamptz NOT NULL,
        keys_id uuid NOT NULL,
        sealed_keys text NOT NULL,
        replaced_keys_id uuid,
        replaced_sealed_keys text,
        replaced_until timestamptz,
        hook jsonb,
        hook_checked_at timestamptz
      )`);
    await runner.query(`CREATE UNIQUE INDEX one_webhook_endpoint_per_id ON webhook_endpoints (id)`);
    await runner.query(`CREATE INDEX webhook_endpoints_by_last_check ON webhook_endpoints (hook_checked_at)`);
    await runner.query(`
      CREATE TABLE webhook_deliveries (
        position bigserial PRIMARY KEY,
        id uuid NOT NULL,
        org text NOT NULL,
        at timestamptz NOT NULL,
        event text,
        commit text,
        outcome text NOT NULL,
        reason text,
        run_id text,
        key text
      )`);
    await runner.query(`CREATE INDEX webhook_deliveries_in_order ON webhook_deliveries (org, position)`);
    await runner.query(`CREATE UNIQUE INDEX one_webhook_delivery_per_key ON webhook_deliveries (org, key)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE webhook_deliveries, webhook_endpoints`);
  }
}
