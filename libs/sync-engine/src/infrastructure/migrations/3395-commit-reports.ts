import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Makes the table of results that pulls post as statuses of commits. */
export class CommitReports1767225633951 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE sync_commit_reports (
        org text NOT NULL,
        commit text NOT NULL,
        run_id uuid NOT NULL,
        target_id uuid NOT NULL,
        state text NOT NULL,
        description text NOT NULL,
        attempts integer NOT NULL DEFAULT 0,
        doubts integer NOT NULL DEFAULT 0,
        due_at timestamptz NOT NULL,
        ended_at timestamptz,
        PRIMARY KEY (org, commit)
      )`);
    await runner.query(
      `CREATE INDEX sync_commit_reports_due ON sync_commit_reports (due_at) WHERE ended_at IS NULL`,
    );
    await runner.query(`ALTER TABLE sync_commit_reports ENABLE ROW LEVEL SECURITY`);
    await runner.query(
      `CREATE POLICY one_org ON sync_commit_reports USING (org = current_setting('app.org', true))`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE sync_commit_reports`);
  }
}
