import type { MigrationInterface, QueryRunner } from 'typeorm';
import { ifExists } from './if-exists';

const COUNT = `
  UPDATE context_heads head SET bytes = counted.bytes, files = counted.files
    FROM (SELECT org, sum(size) AS bytes, count(*) AS files FROM context_files GROUP BY org) counted
   WHERE head.org = counted.org`;

/**
 * Stores the space that an org's files take beside its revision. Processes of the release before change files without
 * counting; each visit of the pruning counts again. A file that waits for space keeps its size, so that it is fetched
 * again only when it fits.
 */
export class Quotas1767225627000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE IF EXISTS context_heads ADD COLUMN bytes bigint NOT NULL DEFAULT 0, ADD COLUMN files integer NOT NULL DEFAULT 0`);
    await runner.query(ifExists('context_heads', COUNT));
    await runner.query(`ALTER TABLE sync_quarantine ADD COLUMN size integer`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE sync_quarantine DROP COLUMN size`);
    await runner.query(`ALTER TABLE IF EXISTS context_heads DROP COLUMN files, DROP COLUMN bytes`);
  }
}
