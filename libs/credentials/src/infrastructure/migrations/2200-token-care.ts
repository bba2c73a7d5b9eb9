import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The rotation of tokens, and the warnings before they expire. Processes of the release before write rows without these columns. */
export class TokenCare1767225622000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE gitlab_connections
        ADD COLUMN self_rotation boolean NOT NULL DEFAULT false,
        ADD COLUMN rotated_at timestamptz,
        ADD COLUMN rotation jsonb,
        ADD COLUMN warned jsonb`);
    await runner.query(`
      CREATE INDEX gitlab_connections_expiring ON gitlab_connections (expires_at) WHERE expires_at IS NOT NULL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX gitlab_connections_expiring`);
    await runner.query(`
      ALTER TABLE gitlab_connections
        DROP COLUMN warned, DROP COLUMN rotation, DROP COLUMN rotated_at, DROP COLUMN self_rotation`);
  }
}
