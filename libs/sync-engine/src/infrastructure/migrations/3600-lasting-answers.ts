import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Deletions that a person has to confirm, and the changes that a run asks about or pushed. */
export class LastingAnswers1767225636000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE sync_states ADD COLUMN question jsonb`);
    await runner.query(`ALTER TABLE sync_agreed ADD COLUMN deletion_waits boolean NOT NULL DEFAULT false`);
    await runner.query(`CREATE INDEX sync_agreed_deletion_waits ON sync_agreed (org) WHERE deletion_waits`);
    await runner.query(`ALTER TABLE sync_runs ADD COLUMN kept boolean NOT NULL DEFAULT false`);
    await runner.query(`
      CREATE TABLE sync_run_changes (
        org text NOT NULL,
        run_id uuid NOT NULL,
        path text COLLATE "C" NOT NULL,
        op text NOT NULL,
        from_path text,
        PRIMARY KEY (org, run_id, path)
      )`);
    await runner.query(`ALTER TABLE sync_run_changes ENABLE ROW LEVEL SECURITY`);
    await runner.query(
      `CREATE POLICY one_org ON sync_run_changes USING (org = current_setting('app.org', true))`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE sync_run_changes`);
    await runner.query(`ALTER TABLE sync_runs DROP COLUMN kept`);
    await runner.query(`DROP INDEX sync_agreed_deletion_waits`);
    await runner.query(`ALTER TABLE sync_agreed DROP COLUMN deletion_waits`);
    await runner.query(`ALTER TABLE sync_states DROP COLUMN question`);
  }
}
