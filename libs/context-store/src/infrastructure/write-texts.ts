import type { TenantDatabase } from '@app/database';
import type { Blob, OrgId } from '@app/kernel';

type Text = readonly [Blob, Buffer];

/** Texts per statement, so that a first pull is not in memory twice. */
const TEXTS = 100;
/** PostgreSQL that crashes may lose texts that no change uses. */
const NEED_NOT_LAST = `SELECT set_config('synchronous_commit', 'off', true)`;

/** Stores the texts of a change. Sends none that is there: a large pull has stored its texts ahead. */
export async function writeTexts(db: TenantDatabase, org: OrgId, texts: readonly Text[]): Promise<void> {
  const missing = texts.length > TEXTS ? await missingOf(db, org, texts) : texts;
  await insert(db, org, missing);
}

/** Stores texts ahead of their change, each portion for itself. Notes the time first, so that the pruning finds them. */
export async function stageTexts(db: TenantDatabase, org: OrgId, texts: readonly Text[]): Promise<void> {
  await db.query(
    `INSERT INTO context_heads (org, revision, staged_at) SELECT $1, 0, now() FROM (${NEED_NOT_LAST}) AS need_not_last
     ON CONFLICT (org) DO UPDATE SET staged_at = excluded.staged_at`,
    [org],
  );
  await insert(db, org, texts, `, (${NEED_NOT_LAST}) AS need_not_last`);
}

/** Runs under the lock of the head, which the pruning takes too, so that no text that it finds is removed. */
async function missingOf(db: TenantDatabase, org: OrgId, texts: readonly Text[]): Promise<Text[]> {
  const rows = await db.query<{ blob: Blob }[]>(
    `SELECT blob FROM context_blobs WHERE org = $1 AND blob = ANY($2)`,
    [org, texts.map(([blob]) => blob)],
  );
  const there = new Set(rows.map(({ blob }) => blob));
  return texts.filter(([blob]) => !there.has(blob));
}

async function insert(db: TenantDatabase, org: OrgId, texts: readonly Text[], beside = ''): Promise<void> {
  for (let start = 0; start < texts.length; start += TEXTS) {
    const some = texts.slice(start, start + TEXTS);
    const values = some.map((_, i) => `($1, $${2 * i + 2}, $${2 * i + 3}::bytea)`).join(', ');
    await db.query(
      `INSERT INTO context_blobs (org, blob, bytes)
       SELECT text.* FROM (VALUES ${values}) AS text (org, blob, bytes)${beside} ON CONFLICT DO NOTHING`,
      [org, ...some.flat()],
    );
  }
}
