import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the inspection of each text found, and how many attempts at it did not end. */
export class Inspections1767225624000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE inspections (
        org text NOT NULL,
        blob text NOT NULL,
        kind text NOT NULL,
        rules integer NOT NULL,
        attempts integer NOT NULL,
        result json,
        at timestamptz NOT NULL,
        PRIMARY KEY (org, blob, kind)
      )`);
    await runner.query(`ALTER TABLE inspections ENABLE ROW LEVEL SECURITY`);
    await runner.query(`CREATE POLICY one_org ON inspections USING (org = current_setting('app.org', true))`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE inspections`);
  }
}
