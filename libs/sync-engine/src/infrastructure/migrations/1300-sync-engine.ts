import type { MigrationInterface, QueryRunner } from 'typeorm';

export class SyncEngine1767225613000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE sync_states (
        org text PRIMARY KEY,
        target_id uuid,
        directories text[],
        base_commit text,
        pushed_revision bigint NOT NULL DEFAULT 0,
        shipment_due boolean NOT NULL DEFAULT false,
        in_flight jsonb,
        blocked jsonb,
        failure jsonb,
        failures integer NOT NULL DEFAULT 0,
        next_attempt_at timestamptz,
        next_poll_at timestamptz,
        webhook_seen_at timestamptz,
        last_synced_at timestamptz,
        lease_owner text,
        lease_until timestamptz,
        fence bigint NOT NULL DEFAULT 0
      )`);
    await runner.query(
      `CREATE INDEX sync_states_next_poll ON sync_states (next_poll_at) WHERE next_poll_at IS NOT NULL`,
    );
    await runner.query(`
      CREATE TABLE sync_agreed (
        org text NOT NULL,
        path text COLLATE "C" NOT NULL,
        gitlab_blob text,
        dot_blob text,
        settled_to bigint NOT NULL,
        PRIMARY KEY (org, path)
      )`);
    await runner.query(`
      CREATE TABLE sync_runs (
        id uuid PRIMARY KEY,
        seq bigserial NOT NULL,
        org text NOT NULL,
        kind text NOT NULL,
        trigger text NOT NULL,
        status text NOT NULL,
        created_at timestamptz NOT NULL,
        started_at timestamptz,
        finished_at timestamptz,
        progress jsonb NOT NULL,
        counts jsonb NOT NULL,
        commits text[] NOT NULL,
        api_calls integer NOT NULL,
        attempt integer NOT NULL,
        error jsonb,
        confirmed boolean NOT NULL
      )`);
    await runner.query(`CREATE INDEX sync_runs_newest_first ON sync_runs (org, seq DESC)`);
    await runner.query(`CREATE INDEX sync_runs_open ON sync_runs (org, kind) WHERE finished_at IS NULL`);
    await runner.query(
      `CREATE UNIQUE INDEX one_untried_run_per_kind ON sync_runs (org, kind) WHERE status = 'queued' AND attempt = 0`,
    );
    await runner.query(`
      CREATE TABLE sync_conflicts (
        id uuid PRIMARY KEY,
        seq bigserial NOT NULL,
        org text NOT NULL,
        path text NOT NULL,
        at timestamptz NOT NULL,
        winner text NOT NULL,
        run_id uuid NOT NULL,
        kept_author_name text NOT NULL,
        kept_author_email text NOT NULL,
        kept_at timestamptz NOT NULL,
        kept_version text NOT NULL,
        closed boolean NOT NULL DEFAULT false
      )`);
    await runner.query(`CREATE INDEX sync_conflicts_open ON sync_conflicts (org, seq DESC) WHERE NOT closed`);
    await runner.query(`
      CREATE TABLE sync_quarantine (
        org text NOT NULL,
        path text COLLATE "C" NOT NULL,
        side text NOT NULL,
        blob text,
        reason text NOT NULL,
        detail text NOT NULL,
        at timestamptz NOT NULL,
        PRIMARY KEY (org, path)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE sync_quarantine, sync_conflicts, sync_runs, sync_agreed, sync_states`);
  }
}
