import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Credentials1767225611000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE gitlab_connections (
        org text PRIMARY KEY,
        id uuid NOT NULL,
        generation uuid NOT NULL,
        instance_url text NOT NULL,
        username text NOT NULL,
        token_kind text NOT NULL,
        scopes text[] NOT NULL,
        expires_at timestamptz,
        can_create_projects boolean NOT NULL,
        granular boolean NOT NULL,
        connected_at timestamptz NOT NULL,
        connected_by text NOT NULL,
        sealed_token text NOT NULL
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE gitlab_connections`);
  }
}
