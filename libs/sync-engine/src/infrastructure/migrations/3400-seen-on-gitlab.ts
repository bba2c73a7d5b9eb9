import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What was seen on GitLab: the commit each path was seen at, when everything is compared again, and which files GitLab keeps in LFS. */
export class SeenOnGitLab1767225634000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE sync_agreed ADD COLUMN seen_at text`);
    await runner.query(
      `ALTER TABLE sync_states ADD COLUMN compare_all_at timestamptz, ADD COLUMN lfs_rules text`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE sync_states DROP COLUMN lfs_rules, DROP COLUMN compare_all_at`);
    await runner.query(`ALTER TABLE sync_agreed DROP COLUMN seen_at`);
  }
}
