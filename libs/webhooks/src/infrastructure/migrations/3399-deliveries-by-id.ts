import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Adds an index that finds the delivery on which a flood is counted, however long the log is. */
export class DeliveriesById1767225633990 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE UNIQUE INDEX webhook_deliveries_by_id ON webhook_deliveries (org, id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX webhook_deliveries_by_id`);
  }
}
