import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Index of the work of all orgs, the oldest first. A sweep reads the orgs to wake from it, and a scrape the first
 * runnable run. Its expression is unusual on purpose, so that no query for one org uses it. PostgreSQL assumes that
 * several conditions leave few rows.
 */
export class WorkToDo1767225621000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE INDEX sync_runs_to_do ON sync_runs (created_at) INCLUDE (org)
        WHERE coalesce(finished_at, 'infinity') = 'infinity' AND status IN ('queued', 'running')`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX sync_runs_to_do`);
  }
}
