import type { MigrationInterface, QueryRunner } from 'typeorm';

export class ProjectConfig1767225612000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE sync_targets (
        org text PRIMARY KEY,
        id uuid NOT NULL,
        connection_id uuid NOT NULL,
        project_id bigint NOT NULL,
        path_with_namespace text NOT NULL,
        web_url text NOT NULL,
        branch text NOT NULL,
        directories text[] NOT NULL,
        auto_sync boolean NOT NULL,
        auto_pull boolean NOT NULL,
        created boolean NOT NULL,
        on_conflict text NOT NULL,
        configured_at timestamptz NOT NULL,
        configured_by text NOT NULL
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE sync_targets`);
  }
}
