import type { MigrationInterface, QueryRunner } from 'typeorm';

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
 * Row-level security: a query sees the rows of the org in `app.org`, and none without one. The owner of the tables is bound by it
 * too (`FORCE`); a superuser never is, and so works as the role `dot_gitlab_sync`, which stays when the migration is undone
 * because other databases of the server may use it.
 */
export class Tenants1767225617000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) {
      await runner.query(`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY`);
      await runner.query(`ALTER TABLE ${table} FORCE ROW LEVEL SECURITY`);
      await runner.query(
        `CREATE POLICY one_org ON ${table} USING (current_setting('app.org', true) IN (org, '*'))`,
      );
    }
    const [{ unbound }] = await runner.query(
      `SELECT rolsuper OR rolbypassrls AS unbound FROM pg_roles WHERE rolname = current_user`,
    );
    if (!unbound) return;
    await runner.query(`
      DO $$ BEGIN
        CREATE ROLE dot_gitlab_sync NOLOGIN;
      EXCEPTION WHEN duplicate_object OR unique_violation THEN
        NULL;
      END $$`);
    await runner.query(`GRANT dot_gitlab_sync TO current_user`);
    await runner.query(`GRANT USAGE ON SCHEMA public TO dot_gitlab_sync`);
    for (const [kind, rights] of GRANTS) {
      await runner.query(`GRANT ${rights} ON ALL ${kind} IN SCHEMA public TO dot_gitlab_sync`);
      await runner.query(
        `ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT ${rights} ON ${kind} TO dot_gitlab_sync`,
      );
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) {
      await runner.query(`DROP POLICY one_org ON ${table}`);
      await runner.query(`ALTER TABLE ${table} NO FORCE ROW LEVEL SECURITY`);
      await runner.query(`ALTER TABLE ${table} DISABLE ROW LEVEL SECURITY`);
    }
  }
}

const GRANTS = [
  ['TABLES', 'SELECT, INSERT, UPDATE, DELETE'],
  ['SEQUENCES', 'USAGE'],
] as const;
