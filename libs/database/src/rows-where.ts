import type { EntityManager, EntityTarget, ObjectLiteral } from 'typeorm';

interface Plain {
  readonly select: string;
  /** For what PostgreSQL answers otherwise than the row has it: bigint as text. */
  readonly transformed: readonly (readonly [field: string, from: (stored: unknown) => unknown])[];
}

const known = new WeakMap<object, Plain>();

/** The rows of an entity for which `condition` is true: what `find` answers, without what building its query costs on hot paths. */
export async function rowsWhere<Row extends ObjectLiteral>(
  manager: EntityManager,
  entity: EntityTarget<Row> & object,
  condition: string,
  parameters: readonly unknown[],
): Promise<Row[]> {
  const { select, transformed } = known.get(entity) ?? plainOf(manager, entity);
  const rows = await manager.query<Record<string, unknown>[]>(`${select} WHERE ${condition}`, [
    ...parameters,
  ]);
  for (const row of rows) for (const [field, from] of transformed) row[field] = from(row[field]);
  return rows as Row[];
}

function plainOf<Row extends ObjectLiteral>(
  manager: EntityManager,
  entity: EntityTarget<Row> & object,
): Plain {
  const { tableName, columns } = manager.dataSource.getMetadata(entity);
  const named = columns.map(({ databaseName, propertyName }) => `${databaseName} AS "${propertyName}"`);
  const transformed = columns.flatMap(({ propertyName, transformer }) =>
    transformer && !Array.isArray(transformer) ? [[propertyName, transformer.from] as const] : [],
  );
  const plain = { select: `SELECT ${named.join(', ')} FROM ${tableName}`, transformed };
  known.set(entity, plain);
  return plain;
}
