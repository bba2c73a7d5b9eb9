import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Stores the proposal of an org: its cycle, and the entries of the work branch. */
export class Proposals1767225633941 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `ALTER TABLE sync_states ADD COLUMN proposal jsonb, ADD COLUMN push_after timestamptz`,
    );
    await runner.query(`ALTER TABLE sync_runs ADD COLUMN intent text`);
    await runner.query(`
      CREATE TABLE sync_proposed (
        org text NOT NULL,
        path text COLLATE "C" NOT NULL,
        gitlab_blob text,
        dot_blob text,
        settled_to bigint NOT NULL,
        seen_at text,
        start_blob text,
        PRIMARY KEY (org, path)
      )`);
    await runner.query(`ALTER TABLE sync_proposed ENABLE ROW LEVEL SECURITY`);
    await runner.query(
      `CREATE POLICY one_org ON sync_proposed USING (org = current_setting('app.org', true))`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE sync_proposed`);
    await runner.query(`ALTER TABLE sync_runs DROP COLUMN intent`);
    await runner.query(`ALTER TABLE sync_states DROP COLUMN proposal, DROP COLUMN push_after`);
  }
}
