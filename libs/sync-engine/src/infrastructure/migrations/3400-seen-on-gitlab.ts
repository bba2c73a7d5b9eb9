import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Facts seen on GitLab: each path's commit, the time of the next full comparison, and the files in LFS. */
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
