import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { Scope } from '@app/kernel';

/** The files of the demo's org before it connects. */
export const SMALL_CONTEXT: ReadonlyMap<string, Buffer> = new Map(
  Object.entries({
    'notes/revenue.md': '# Revenue\n\nRevenue is recognised when the invoice is paid.\n',
    'notes/churn.md': '# Churn\n\nA customer is churned after 30 days without a subscription.\n',
    'data_sources/orders.yaml':
      'table: orders\ndescription: One row per order\ncolumns:\n  - name: id\n  - name: amount_cents\n',
    'skills/weekly-report.md': '---\nname: weekly-report\n---\n\nSummarise revenue and churn every Monday.\n',
    'relationships.yaml': 'relationships:\n  - from: orders.customer_id\n    to: customers.id\n',
  }).map(([path, text]) => [path, Buffer.from(text)]),
);

/** Returns the context files below a directory, as in the default scope, byte for byte. */
export function contextFilesIn(directory: string): Map<string, Buffer> {
  const scope = new Scope();
  const paths = readdirSync(directory, { recursive: true, encoding: 'utf8' }).map((path) =>
    path.split(sep).join('/'),
  );
  const files = paths
    .filter((path) => scope.contains(path) && statSync(join(directory, path)).isFile())
    .sort();
  if (!files.length) {
    throw new Error(
      `${directory} has no context files: Markdown or YAML below ${scope.directories.join(', ')}.`,
    );
  }
  return new Map(files.map((path) => [path, readFileSync(join(directory, path))]));
}
