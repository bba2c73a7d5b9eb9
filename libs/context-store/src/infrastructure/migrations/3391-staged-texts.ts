import type { MigrationInterface, QueryRunner } from 'typeorm';

const HAS_LZ4 = `SELECT FROM pg_settings WHERE name = 'default_toast_compression' AND 'lz4' = ANY (enumvals)`;

/**
 * Stores when texts were last stored ahead of their change, so that texts without a change are found and pruned. Packs
 * new texts with lz4, or not at all if the server lacks it. PostgreSQL's own method takes most of the time of a write.
 */
export class StagedTexts1767225633910 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE context_heads ADD COLUMN staged_at timestamptz`);
    await runner.query(
      `CREATE INDEX context_heads_staged ON context_heads (org) WHERE staged_at IS NOT NULL`,
    );
    await runner.query(
      `DO $$ BEGIN
         IF EXISTS (${HAS_LZ4}) THEN ALTER TABLE context_blobs ALTER COLUMN bytes SET COMPRESSION lz4;
         ELSE ALTER TABLE context_blobs ALTER COLUMN bytes SET STORAGE EXTERNAL;
         END IF;
       END $$`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE context_blobs ALTER COLUMN bytes SET STORAGE EXTENDED`);
    if (((await runner.query(HAS_LZ4)) as unknown[]).length)
      await runner.query(`ALTER TABLE context_blobs ALTER COLUMN bytes SET COMPRESSION default`);
    await runner.query(`ALTER TABLE context_heads DROP COLUMN staged_at`);
  }
}
