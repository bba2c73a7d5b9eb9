import type { MigrationInterface, QueryRunner } from 'typeorm';
import { ifExists } from './if-exists';

const TABLES = [
  'context_heads',
  'context_files',
  'context_changes',
  'context_versions',
  'context_blobs',
  'gitlab_connections',
  'sync_targets',
  'sync_states',
  'sync_agreed',
  'sync_runs',
  'sync_conflicts',
  'sync_quarantine',
  'sync_allowed',
  'webhook_endpoints',
  'webhook_deliveries',
  'audit_entries',
];

/**
 * Grants rights in the current schema, formerly always `public`. If the role does not exist and cannot be created, only the first lock holds; the service reports this at start.
 */
const TAKE_ROLE = `
  DO $$
  BEGIN
    BEGIN
      CREATE ROLE dot_gitlab_sync NOLOGIN;
    EXCEPTION WHEN duplicate_object OR unique_violation OR insufficient_privilege THEN
      NULL;
    END;
    BEGIN
      IF NOT pg_has_role('dot_gitlab_sync', 'MEMBER') THEN
        GRANT dot_gitlab_sync TO current_user;
      END IF;
    EXCEPTION WHEN undefined_object OR insufficient_privilege THEN
      RETURN;
    END;
    EXECUTE format('GRANT USAGE ON SCHEMA %I TO dot_gitlab_sync', current_schema());
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA %I TO dot_gitlab_sync', current_schema());
    EXECUTE format('GRANT USAGE ON ALL SEQUENCES IN SCHEMA %I TO dot_gitlab_sync', current_schema());
    EXECUTE format('ALTER DEFAULT PRIVILEGES IN SCHEMA %I GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO dot_gitlab_sync', current_schema());
    EXECUTE format('ALTER DEFAULT PRIVILEGES IN SCHEMA %I GRANT USAGE ON SEQUENCES TO dot_gitlab_sync', current_schema());
  END $$`;

/**
 * Adds row-level security: the role `dot_gitlab_sync` sees the rows of the org in `app.org`, and none without one.
 * The owner of the tables, who migrates them, takes this role for all work of an org. Undoing the migration keeps the
 * role, because other databases of the server may use it.
 */
export class Tenants1767225617000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) {
      await runner.query(`ALTER TABLE IF EXISTS ${table} ENABLE ROW LEVEL SECURITY`);
      await runner.query(
        ifExists(table, `CREATE POLICY one_org ON ${table} USING (org = current_setting('app.org', true))`),
      );
    }
    await runner.query(TAKE_ROLE);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) {
      await runner.query(ifExists(table, `DROP POLICY one_org ON ${table}`));
      await runner.query(`ALTER TABLE IF EXISTS ${table} DISABLE ROW LEVEL SECURITY`);
    }
  }
}
