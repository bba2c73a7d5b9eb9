import type { MigrationInterface, QueryRunner } from 'typeorm';
import { ifExists } from './if-exists';

const VERSIONS_OF_TEXT = `
  CREATE INDEX context_versions_of_text ON context_versions (hashtextextended(org || blob, 0)) WHERE blob IS NOT NULL`;

/**
 * Adds the columns and indexes that pruning needs, and a name for the deployment. Versions are found by a hash of org
 * and text: an index of both values would be five times as big. The policy shows rows without an org to no role.
 */
export class Retention1767225620000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE IF EXISTS context_changes
        ADD COLUMN left_out text[], ADD COLUMN abridged boolean NOT NULL DEFAULT false`);
    await runner.query(ifExists('context_versions', `${VERSIONS_OF_TEXT}; ANALYZE context_versions`));
    await runner.query(`CREATE INDEX sync_conflicts_of_version ON sync_conflicts (org, kept_version)`);
    await runner.query(`
      CREATE TABLE pruning_rounds (
        name text PRIMARY KEY,
        after text,
        within text,
        due timestamptz NOT NULL
      )`);
    await runner.query(`CREATE TABLE deployment (id text PRIMARY KEY)`);
    await runner.query(`INSERT INTO deployment SELECT md5(random()::text || clock_timestamp()::text)`);
    for (const table of ['pruning_rounds', 'deployment']) {
      await runner.query(`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY`);
      await runner.query(`CREATE POLICY one_org ON ${table} USING (false)`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE deployment, pruning_rounds`);
    await runner.query(`DROP INDEX sync_conflicts_of_version`);
    await runner.query(`DROP INDEX IF EXISTS context_versions_of_text`);
    await runner.query(`ALTER TABLE IF EXISTS context_changes DROP COLUMN abridged, DROP COLUMN left_out`);
  }
}
