import type { OrgId } from '@app/kernel';
import type { Installation } from './installation';

/** An org to try queries on, with some of its rows. */
export interface Sample {
  readonly org: OrgId;
  readonly files: number;
  readonly revision: number;
  readonly paths: readonly string[];
  readonly blobs: readonly string[];
  readonly version: string;
  readonly change: string;
  readonly pulledBy: string;
  readonly run: string;
  /** As many as one batch takes. */
  readonly orgs: readonly OrgId[];
  readonly endpoints: readonly string[];
  readonly deliveries: readonly { readonly org: OrgId; readonly id: string; readonly key: string }[];
}

/** `rank` 1 is the biggest org, 0.5 of them all one in the middle. */
export async function sampleOf({ db, store }: Installation, rank: number): Promise<Sample> {
  const all = db.acrossOrgs;
  const texts = async (sql: string, ...parameters: unknown[]) =>
    (await all.query<{ text: string }[]>(sql, parameters)).map(({ text }) => text);
  const [org] = (await texts(
    `SELECT org AS text FROM context_heads ORDER BY revision DESC, org OFFSET $1 LIMIT 1`,
    rank - 1,
  )) as OrgId[];
  const { revision, files } = await store.snapshot(org);
  const some = [...files.values()].slice(-100);
  const [change] = await store.changesAfter(org, revision - 1, 1);
  const pulled = `SELECT run_id AS text FROM context_changes WHERE org = $1 AND run_id IS NOT NULL ORDER BY revision DESC LIMIT 1`;
  const orgs = (await texts(`SELECT org AS text FROM sync_targets ORDER BY org LIMIT 500`)) as OrgId[];
  const ofOrgs = (column: string, table: string) =>
    texts(`SELECT ${column} AS text FROM ${table} WHERE org = ANY($1) LIMIT 200`, orgs);
  const keys = await all.query<Sample['deliveries']>(
    `SELECT org, id, key FROM webhook_deliveries WHERE org = ANY($1) LIMIT 200`,
    [orgs],
  );
  return {
    ...{ org, revision, files: files.size, orgs, deliveries: keys },
    paths: some.map(({ path }) => path),
    blobs: some.map(({ blob }) => blob),
    version: change.versions[0].id,
    change: change.id,
    pulledBy: (await texts(pulled, org))[0],
    run: (await texts(`SELECT id AS text FROM sync_runs WHERE org = $1 LIMIT 1`, org))[0],
    endpoints: await ofOrgs('id', 'webhook_endpoints'),
  };
}
