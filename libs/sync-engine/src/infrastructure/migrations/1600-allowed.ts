import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Allowed1767225616000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE sync_allowed (
        org text NOT NULL,
        fingerprint text NOT NULL,
        at timestamptz NOT NULL,
        PRIMARY KEY (org, fingerprint)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE sync_allowed`);
  }
}
