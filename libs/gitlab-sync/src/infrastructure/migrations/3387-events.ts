import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Makes the feed of events, and the list of orgs that wait for a person. */
export class Events1767225633870 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE sync_events (
        position bigserial PRIMARY KEY,
        org text NOT NULL,
        name text NOT NULL,
        at timestamptz NOT NULL,
        data jsonb NOT NULL
      )`);
    await runner.query(`CREATE INDEX sync_events_in_order ON sync_events (org, position)`);
    await runner.query(`
      CREATE TABLE notice_states (
        org text PRIMARY KEY,
        since timestamptz NOT NULL
      )`);
    for (const table of ['sync_events', 'notice_states']) {
      await runner.query(`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY`);
      await runner.query(`CREATE POLICY one_org ON ${table} USING (org = current_setting('app.org', true))`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE notice_states`);
    await runner.query(`DROP TABLE sync_events`);
  }
}
