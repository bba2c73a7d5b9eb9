import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The work of all orgs, the oldest first: a sweep reads what it rings for, a scrape the first that nothing holds up. In words of
 * its own, so that no query for one org is given this index: PostgreSQL takes one with several conditions for tiny.
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
