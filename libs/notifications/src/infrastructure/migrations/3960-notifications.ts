import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = ['notices', 'notice_deliveries', 'notice_channels'];

/** Makes the outbox of notices, the messages on their way to each channel, and the channels of each org. */
export class Notifications1767225633960 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE notices (
        position bigserial PRIMARY KEY,
        org text NOT NULL,
        at timestamptz NOT NULL,
        due_at timestamptz NOT NULL,
        notice jsonb NOT NULL
      )`);
    await runner.query(`CREATE INDEX notices_due ON notices (due_at)`);
    await runner.query(`CREATE INDEX notices_in_order ON notices (org, position)`);
    await runner.query(`
      CREATE TABLE notice_deliveries (
        id uuid NOT NULL,
        channel text NOT NULL,
        org text NOT NULL,
        at timestamptz NOT NULL,
        content jsonb NOT NULL,
        attempts integer NOT NULL DEFAULT 0,
        due_at timestamptz,
        delivered_at timestamptz,
        failed_at timestamptz,
        error text,
        PRIMARY KEY (id, channel)
      )`);
    await runner.query(
      `CREATE INDEX notice_deliveries_due ON notice_deliveries (due_at) WHERE due_at IS NOT NULL`,
    );
    await runner.query(`CREATE INDEX notice_deliveries_of_org ON notice_deliveries (org, at)`);
    await runner.query(`CREATE TABLE notice_channels (org text PRIMARY KEY, sealed text NOT NULL)`);
    await runner.query(`ALTER TABLE notice_states ADD COLUMN code text NOT NULL DEFAULT ''`);
    await runner.query(`ALTER TABLE notice_states ALTER COLUMN code DROP DEFAULT`);
    for (const table of TABLES) {
      await runner.query(`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY`);
      await runner.query(`CREATE POLICY one_org ON ${table} USING (org = current_setting('app.org', true))`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE notice_states DROP COLUMN code`);
    for (const table of [...TABLES].reverse()) await runner.query(`DROP TABLE ${table}`);
  }
}
