import { Client } from 'pg';

export interface TableSize {
  readonly table: string;
  readonly rows: number;
  readonly heapBytes: number;
  readonly indexBytes: number;
}

/** Returns the sizes of all tables, the biggest first. */
export async function sizesOf(url: string): Promise<TableSize[]> {
  const client = new Client(url);
  await client.connect();
  try {
    const { rows } = await client.query<TableSize>(`
      SELECT relname AS table, reltuples::float8 AS rows, pg_table_size(oid)::float8 AS "heapBytes",
             pg_indexes_size(oid)::float8 AS "indexBytes"
        FROM pg_class WHERE relkind = 'r' AND relnamespace = 'gitlab_sync'::regnamespace
       ORDER BY pg_total_relation_size(oid) DESC`);
    return rows;
  } finally {
    await client.end();
  }
}

export function showSizes(sizes: readonly TableSize[]): void {
  console.log('table                      rows    table MB  indexes MB  bytes a row');
  for (const { table, rows, heapBytes, indexBytes } of sizes) {
    if (rows < 1) continue;
    const each = Math.round((heapBytes + indexBytes) / rows);
    console.log(
      table.padEnd(20) +
        cell(rows, 11) +
        cell(heapBytes / 1e6, 12) +
        cell(indexBytes / 1e6, 12) +
        cell(each, 13),
    );
  }
  const total = sizes.reduce((sum, { heapBytes, indexBytes }) => sum + heapBytes + indexBytes, 0);
  console.log(`${(total / 1e9).toFixed(2)} GB in all`);
}

const cell = (value: number, width: number) => String(Math.round(value)).padStart(width);
