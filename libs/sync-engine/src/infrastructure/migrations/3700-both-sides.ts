import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Both sides of a conflict, the changes and the requester of a run, and the place of a flaw in a file. */
export class BothSides1767225637000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE sync_conflicts
        ADD COLUMN stands jsonb,
        ADD COLUMN base jsonb,
        ADD COLUMN kept_commit text`);
    await runner.query(`
      ALTER TABLE sync_runs
        ADD COLUMN head text,
        ADD COLUMN title text,
        ADD COLUMN author jsonb,
        ADD COLUMN took text[] NOT NULL DEFAULT '{}',
        ADD COLUMN requested_by text`);
    await runner.query(`
      ALTER TABLE sync_quarantine
        ADD COLUMN line_number integer,
        ADD COLUMN column_number integer`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE sync_quarantine DROP COLUMN column_number, DROP COLUMN line_number`);
    await runner.query(`
      ALTER TABLE sync_runs
        DROP COLUMN requested_by, DROP COLUMN took, DROP COLUMN author, DROP COLUMN title, DROP COLUMN head`);
    await runner.query(
      `ALTER TABLE sync_conflicts DROP COLUMN kept_commit, DROP COLUMN base, DROP COLUMN stands`,
    );
  }
}
