import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Audit1767225615000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE audit_entries (
        position bigserial PRIMARY KEY,
        id uuid NOT NULL,
        org text NOT NULL,
        at timestamptz NOT NULL,
        subject text NOT NULL,
        name text NOT NULL,
        role text NOT NULL,
        action text NOT NULL,
        target text,
        from_address text NOT NULL,
        result text NOT NULL
      )`);
    await runner.query(`CREATE INDEX audit_entries_in_order ON audit_entries (org, position)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE audit_entries`);
  }
}
