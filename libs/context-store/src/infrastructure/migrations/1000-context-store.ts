import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Paths compare by code point, whatever the database's own collation: lists page by them. */
export class ContextStore1767225600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE context_heads (
        org text PRIMARY KEY,
        revision bigint NOT NULL
      )`);
    await runner.query(`
      CREATE TABLE context_files (
        org text NOT NULL,
        path text COLLATE "C" NOT NULL,
        blob text NOT NULL,
        size integer NOT NULL,
        version text NOT NULL,
        revision bigint NOT NULL,
        updated_at timestamptz NOT NULL,
        author_name text NOT NULL,
        author_email text NOT NULL,
        origin text NOT NULL,
        PRIMARY KEY (org, path)
      )`);
    await runner.query(`
      CREATE TABLE context_changes (
        org text NOT NULL,
        id text NOT NULL,
        revision bigint NOT NULL,
        author_name text NOT NULL,
        author_email text NOT NULL,
        message text NOT NULL,
        origin text NOT NULL,
        at timestamptz NOT NULL,
        run_id text,
        commit text,
        PRIMARY KEY (org, id)
      )`);
    await runner.query(`CREATE UNIQUE INDEX one_change_per_revision ON context_changes (org, revision)`);
    await runner.query(
      `CREATE INDEX context_changes_made_in_dot ON context_changes (org, revision) WHERE origin <> 'gitlab'`,
    );
    await runner.query(
      `CREATE INDEX context_changes_of_run ON context_changes (org, run_id) WHERE run_id IS NOT NULL`,
    );
    await runner.query(`
      CREATE TABLE context_versions (
        org text NOT NULL,
        id text NOT NULL,
        change_id text NOT NULL,
        revision bigint NOT NULL,
        position integer NOT NULL,
        path text COLLATE "C" NOT NULL,
        op text NOT NULL,
        blob text,
        from_path text,
        author_name text NOT NULL,
        author_email text NOT NULL,
        at timestamptz NOT NULL,
        PRIMARY KEY (org, id)
      )`);
    await runner.query(
      `CREATE UNIQUE INDEX context_versions_in_order ON context_versions (org, revision, position)`,
    );
    await runner.query(
      `CREATE INDEX context_versions_of_path ON context_versions (org, path, revision, position)`,
    );
    await runner.query(`
      CREATE TABLE context_blobs (
        org text NOT NULL,
        blob text NOT NULL,
        bytes bytea NOT NULL,
        PRIMARY KEY (org, blob)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      `DROP TABLE context_blobs, context_versions, context_changes, context_files, context_heads`,
    );
  }
}
