import { Client } from 'pg';

/** The average; a few orgs have thousands of times as many as most. */
const VERSIONS_PER_ORG = 50;

/** Temporary, for the statements below: how much each org has. The share of the n-th org is proportional to n to the power of -0.9. */
const ORGS = `
  CREATE TEMP TABLE orgs AS
  WITH shares AS (SELECT n, n ^ -0.9 / sum(n ^ -0.9) OVER () AS share FROM generate_series(1, $orgs::int) n),
       sizes AS (SELECT n, ceil(share * $orgs * ${VERSIONS_PER_ORG})::int AS versions FROM shares)
  SELECT n, md5('org-' || n)::uuid::text AS org, versions, ceil(versions ^ 0.8)::int AS files,
         3 * ((versions - 1) / 4) + least((versions - 1) % 4, 2) + 1 AS revisions, md5('target-' || n)::uuid AS target
    FROM sizes`;

/** Two of four versions are of one pulled change; the k-th version is of file k modulo the number of files. */
const VERSION = `
  CREATE FUNCTION pg_temp.revision_of(k int) RETURNS int IMMUTABLE LANGUAGE sql RETURN 3 * (k / 4) + least(k % 4, 2) + 1;
  CREATE FUNCTION pg_temp.path_of(file int) RETURNS text IMMUTABLE LANGUAGE sql
    RETURN (ARRAY['notes', 'data_sources', 'reports', 'skills'])[file % 4 + 1] || '/topic-' || file % 97 || '/page-' || file || '.md';
  CREATE FUNCTION pg_temp.blob_of(n int, k int) RETURNS text IMMUTABLE LANGUAGE sql
    RETURN left(encode(sha256(('blob-' || n || '-' || k)::bytea), 'hex'), 40);
  CREATE FUNCTION pg_temp.id_of(what text, n int, k int) RETURNS text IMMUTABLE LANGUAGE sql
    RETURN md5(what || '-' || n || '-' || k)::uuid::text;
  CREATE FUNCTION pg_temp.at(part int, total int) RETURNS timestamptz STABLE LANGUAGE sql
    RETURN now() - interval '2 years' * (1 - (part - 0.5) / total)`;

const CHANGE = `
  SELECT o.org, pg_temp.id_of('change', n, revision), revision, 'Ada Lovelace', 'ada@example.com',
         'Edit page ' || revision, (ARRAY['gitlab', 'user', 'agent'])[revision % 3 + 1], pg_temp.at(revision, revisions),
         CASE WHEN revision % 3 = 0 THEN pg_temp.id_of('run', n, revision / 3) END,
         left(encode(sha256(('commit-' || n || '-' || revision)::bytea), 'hex'), 40)
    FROM orgs o, generate_series(1, revisions) revision`;

/** Inserts rows in the order of time, as they would come: the rows of an org lie far apart. */
const STATEMENTS: readonly (readonly [table: string, sql: string])[] = [
  ['context_heads', `SELECT org, revisions FROM orgs`],
  ['context_changes', `${CHANGE} ORDER BY pg_temp.at(revision, revisions)`],
  [
    'context_versions',
    `SELECT org, pg_temp.id_of('version', n, k), pg_temp.id_of('change', n, revision), revision, (k % 4 = 3)::int,
            pg_temp.path_of(k % files), 'put', pg_temp.blob_of(n, k), null, 'Ada Lovelace', 'ada@example.com',
            pg_temp.at(revision, revisions)
       FROM orgs, generate_series(0, versions - 1) k, pg_temp.revision_of(k) revision
      ORDER BY pg_temp.at(revision, revisions)`,
  ],
  [
    'context_blobs',
    `SELECT org, pg_temp.blob_of(n, k),
            convert_to('# Page ' || k || E'\\n\\n' || md5(n || '-' || k) || md5(k || '-' || n), 'UTF8')
       FROM orgs, generate_series(0, versions - 1) k ORDER BY pg_temp.at(pg_temp.revision_of(k), revisions)`,
  ],
  [
    'context_files',
    `SELECT org, pg_temp.path_of(file), pg_temp.blob_of(n, k), 80, pg_temp.id_of('version', n, k), revision,
            pg_temp.at(revision, revisions), 'Ada Lovelace', 'ada@example.com',
            (ARRAY['gitlab', 'user', 'agent'])[revision % 3 + 1]
       FROM orgs, generate_series(0, files - 1) file, LATERAL (SELECT file + files * ((versions - 1 - file) / files) AS k) last,
            pg_temp.revision_of(k) revision
      ORDER BY pg_temp.at(revision, revisions)`,
  ],
  [
    'gitlab_connections',
    `SELECT org, md5('connection-' || n)::uuid, md5('generation-' || n)::uuid, 'https://gitlab.com', 'ada', 'project', '{api}',
            now() + interval '200 days', false, false, now() - interval '2 years', 'ada', repeat(md5(n::text), 8) FROM orgs`,
  ],
  [
    'sync_targets',
    `SELECT org, target, md5('connection-' || n)::uuid, n, 'acme-' || n || '/context', 'https://gitlab.com/acme-' || n || '/context',
            'main', '{notes,data_sources,reports,skills,relationships.yaml}', true, true, false, 'newest',
            now() - interval '2 years', 'ada' FROM orgs`,
  ],
  [
    // Of 1,000 orgs 20 have edits that no run was queued for, 2 are stopped, 3 are tried again, 100 have no webhook.
    `sync_states (org, target_id, directories, base_commit, pushed_revision, blocked, failures, next_attempt_at, next_poll_at,
                  webhook_seen_at, last_synced_at, fence)`,
    `SELECT org, target, '{notes,data_sources,reports,skills,relationships.yaml}', md5('base-' || n) || left(md5(n::text), 8),
            greatest(0, revisions - CASE WHEN n % 50 = 7 THEN 4 ELSE 0 END),
            CASE WHEN n % 500 = 1 THEN '{"code":"token_rejected","detail":"","scope":"all","kinds":["pull"]}'::jsonb END,
            CASE WHEN n % 1000 IN (2, 3, 4) THEN 5 ELSE 0 END,
            CASE WHEN n % 1000 IN (2, 3, 4) THEN now() + interval '1 minute' * (n % 5) END,
            now() + interval '1 second' * (n * 7919 % CASE WHEN n % 10 = 0 THEN 120 ELSE 1200 END),
            CASE WHEN n % 10 > 0 THEN now() - interval '1 minute' * (n % 1000) END, now() - interval '1 minute' * (n % 1000),
            revisions FROM orgs`,
  ],
  [
    'sync_agreed',
    `SELECT org, pg_temp.path_of(file), blob, blob, 0
       FROM orgs, generate_series(0, files - 1) file, pg_temp.blob_of(n, file + files * ((versions - 1 - file) / files)) blob`,
  ],
  [
    `sync_runs (id, org, kind, trigger, status, created_at, started_at, finished_at, progress, counts, commits, api_calls, attempt,
                confirmed)`,
    `SELECT pg_temp.id_of('run', n, run)::uuid, org, (ARRAY['pull', 'push'])[run % 2 + 1], (ARRAY['webhook', 'auto'])[run % 2 + 1],
            'succeeded', at, at, at, '{"done":1,"total":1}',
            '{"created":0,"updated":1,"deleted":0,"unchanged":0,"conflicts":0,"quarantined":0}',
            ARRAY[left(encode(sha256(('commit-' || n || '-' || run)::bytea), 'hex'), 40)], 2, 1, false
       FROM orgs, generate_series(1, least(revisions / 3, 1000)) run, pg_temp.at(run, revisions / 3 + 1) at ORDER BY at`,
  ],
  [
    // Of 1,000 orgs 5 wait for their turn; a few wait for a person.
    'sync_runs (id, org, kind, trigger, status, created_at, progress, counts, commits, api_calls, attempt, confirmed)',
    `SELECT gen_random_uuid(), org, 'push', 'auto', CASE WHEN n % 5000 = 11 THEN 'awaiting_confirmation' ELSE 'queued' END, now(),
            '{"done":0,"total":0}',
            '{"created":0,"updated":0,"deleted":0,"unchanged":0,"conflicts":0,"quarantined":0}', '{}', 0, 0, false
       FROM orgs WHERE n % 200 = 11`,
  ],
  [
    `sync_conflicts (id, org, path, at, winner, run_id, kept_author_name, kept_author_email, kept_at, kept_version, closed)`,
    `SELECT gen_random_uuid(), org, pg_temp.path_of(file), now(), 'gitlab', gen_random_uuid(), 'Ada Lovelace', 'ada@example.com',
            now(), pg_temp.id_of('version', n, file), file % 4 > 0
       FROM orgs, generate_series(0, least(files, 40) - 1) file WHERE n % 10 = 1`,
  ],
  [
    'sync_quarantine',
    `SELECT org, pg_temp.path_of(file), 'gitlab', pg_temp.blob_of(n, file), 'yaml_invalid', 'Line 3, column 1: bad indentation.', now()
       FROM orgs, generate_series(0, least(files, 3) - 1) file WHERE n % 10 = 1`,
  ],
  ['sync_allowed', `SELECT org, md5('secret-' || n), now() FROM orgs WHERE n % 5 = 1`],
  [
    'webhook_endpoints (org, id, generation, since, keys_id, sealed_keys, hook, hook_checked_at)',
    `SELECT org, md5('endpoint-' || n), md5('generation-' || n)::uuid, now() - interval '2 years', md5('keys-' || n)::uuid,
            repeat(md5(n::text), 8), '{"id":1,"registered":"automatic"}', now() - interval '1 second' * (n * 7919 % 3500)
       FROM orgs`,
  ],
  [
    'webhook_deliveries (id, org, at, event, commit, outcome, run_id, key)',
    `SELECT gen_random_uuid(), org, at, 'Push Hook', md5(n || '-' || delivery) || left(md5(n::text), 8), 'accepted',
            pg_temp.id_of('run', n, delivery), 'uuid:' || gen_random_uuid()
       FROM orgs, generate_series(1, CASE WHEN n % 5 = 1 THEN 50 ELSE 5 END) delivery, pg_temp.at(delivery, 50) at ORDER BY at`,
  ],
  [
    'audit_entries (id, org, at, subject, name, role, action, target, from_address, result)',
    `SELECT gen_random_uuid(), org, at, 'auth0|5f7c8ec7c33c6c004bbafe82', 'Ada Lovelace', 'admin', 'project.configured',
            'acme-' || n || '/context', '203.0.113.7', 'ok'
       FROM orgs, generate_series(1, 8) entry, pg_temp.at(entry, 8) at ORDER BY at`,
  ],
];

/** Fills an empty, migrated database with what a large installation holds after two years. Reports each finished table. */
export async function makeDataSet(url: string, orgs: number, tell: (line: string) => void): Promise<void> {
  const memory = '-c work_mem=512MB -c maintenance_work_mem=1GB -c synchronous_commit=off';
  const client = new Client({ connectionString: url, options: memory });
  await client.connect();
  const timed = async (what: string, sql: string) => {
    const begun = performance.now();
    const { rowCount } = await client.query(sql);
    const seconds = Math.round((performance.now() - begun) / 1000);
    tell(`${String(seconds).padStart(4)} s  ${what}${rowCount ? `: ${rowCount} rows` : ''}`);
  };
  try {
    await client.query(`${ORGS.replaceAll('$orgs', String(orgs))}; ${VERSION}; ANALYZE orgs`);
    const indexes = await withoutIndexes(client);
    for (const [table, select] of STATEMENTS)
      await timed(table.split(' ')[0], `INSERT INTO ${table} ${select}`);
    await timed('indexes', indexes.join(';'));
    await timed('vacuum and statistics', 'VACUUM (ANALYZE)');
  } finally {
    await client.end();
  }
}

/** Faster made at the end than kept up row by row. Answers what makes them again. */
async function withoutIndexes(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ drop: string; make: string }>(`
    SELECT CASE WHEN c.oid IS NULL THEN format('DROP INDEX %s', i.indexrelid::regclass)
                ELSE format('ALTER TABLE %s DROP CONSTRAINT %I', i.indrelid::regclass, c.conname) END AS drop,
           CASE WHEN c.oid IS NULL THEN pg_get_indexdef(i.indexrelid)
                ELSE format('ALTER TABLE %s ADD CONSTRAINT %I %s', i.indrelid::regclass, c.conname, pg_get_constraintdef(c.oid)) END AS make
      FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid AND t.relnamespace = 'gitlab_sync'::regnamespace AND t.relkind = 'r'
      LEFT JOIN pg_constraint c ON c.conindid = i.indexrelid`);
  for (const { drop } of rows) await client.query(drop);
  return rows.map(({ make }) => make);
}
